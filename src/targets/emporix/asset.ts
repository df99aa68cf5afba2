import { Fault } from '../../model/fault.ts'
import type { HttpResponse } from '../../model/http.ts'
import { isJsonObject } from '../../model/json.ts'
import { parseJson } from '../answer.ts'
import type { Io } from '../target.ts'
import { encoded } from './addresses.ts'
import { unreadable } from './answers.ts'
import { allEntries, type Entry, isEntry } from './pages.ts'
import { waysToAsk } from './query.ts'
import { refIdsOf, type Wanted } from './wanted.ts'

/** The asset with this id, or null when there is none. */
export async function readAsset({ send }: Pick<Io, 'send'>, url: string, id: string): Promise<Entry | null> {
  try {
    const response = await send({ method: 'GET', url: `${url}/${encoded(id)}`, headers: {}, body: null })
    return theOne(response, id)
  } catch (error) {
    if (error instanceof Fault && error.kind === 'refused' && error.http === 404) return null
    throw error
  }
}

function theOne(response: HttpResponse, id: string): Entry {
  const asset = parseJson(response.body)
  if (isEntry(asset) && asset.id === id) return asset
  throw unreadable(response, `asset ${id}`)
}

/**
 * All assets that belong to this product. A refusal passes when there was no way to ask: an asset that is there must not be
 * made again.
 */
export async function assetsOf(io: Pick<Io, 'send'>, url: string, refId: string): Promise<readonly Entry[]> {
  let [answered, refusal]: [boolean, Fault | null] = [false, null]
  for (const way of waysToAsk(refId)) {
    try {
      const found = await allEntries(io, `${url}?q=${encoded(`refIds.id:${way}`)}`)
      const own = found.filter(asset => refIdsOf(asset).some(({ id }) => id === refId))
      if (own.length > 0) return own
      answered = true
    } catch (error) {
      if (!(error instanceof Fault) || error.kind !== 'refused') throw error
      refusal = error
    }
  }
  if (refusal !== null && !answered) throw refusal
  return []
}

/**
 * The asset that is this image: a LINK by its address, a BLOB by its filename. Names hold ranks, and after an image was put
 * in front another one still has this name; so the size counts too, where it is known.
 */
export function findTwin(assets: readonly Entry[], { type, url, upload }: Wanted): Entry | undefined {
  return assets.find(asset => {
    if (asset.type !== type) return false
    if (upload === null) return asset.url === url
    const { filename, bytes } = isJsonObject(asset.details) ? asset.details : {}
    return filename === upload.filename && (typeof bytes !== 'number' || bytes === upload.image.size)
  })
}
