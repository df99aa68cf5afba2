import { Fault } from '../../model/fault.ts'
import type { SentItem } from '../../model/item.ts'
import type { Verdict } from '../../model/outcome.ts'
import { each } from '../each.ts'
import type { Io, ItemAnswer } from '../target.ts'
import { assetsUrl, encoded } from './addresses.ts'
import { unreadable } from './answers.ts'
import { readAsset } from './asset.ts'
import type { Facts } from './facts.ts'
import type { EmporixOptions } from './options.ts'
import type { Entry } from './pages.ts'
import { failed, passed } from './verdicts.ts'
import { refIdsOf } from './wanted.ts'

/** Deletes the assets of these items; not those that somebody else has changed or uses too. */
export async function remove(
  items: readonly SentItem[],
  io: Io,
  options: EmporixOptions,
  { inUse }: Facts,
): Promise<readonly ItemAnswer[]> {
  const assets = assetsUrl(io.baseUrl, options)
  return each(items, io, (item, io) => removeOne(item, io, assets, inUse))
}

async function removeOne(item: SentItem, io: Io, assets: string, inUse: Facts['inUse']): Promise<Verdict> {
  const { remoteId: id } = item
  if (id === null) return failed('id-unknown', 'The id of its asset is not known. Delete it in Emporix.')
  if (inUse.has(id)) {
    return {
      ...passed('deleted', id),
      reason: 'reused',
      message: `Asset ${id} stays: it is another image of this feed.`,
    }
  }
  const asset = await readAsset(io, assets, id)
  if (asset === null) return passed('deleted', id)
  const objection = objectionTo(asset, item)
  if (objection !== null) return failed('in-use', `${objection} It was not deleted.`, id)
  return { ...passed('deleted', id), http: await deleteAsset(io, `${assets}/${encoded(id)}`) }
}

function objectionTo(asset: Entry, { gallery }: SentItem): string | null {
  if (asset.type === 'LINK' && asset.url !== gallery[0]) return `Asset ${asset.id} was given another address.`
  const refs = refIdsOf(asset)
  if (refs.length > 1) return `Asset ${asset.id} belongs to ${refs.length} things, not to this product alone.`
  return null
}

/** The HTTP status. To delete what is gone already is no error; whether that is answered with 404 or 204 is not documented. */
async function deleteAsset({ send }: Pick<Io, 'send'>, url: string): Promise<number> {
  try {
    const response = await send({ method: 'DELETE', url, headers: {}, body: null })
    if (response.status !== 204) throw unreadable(response, 'confirmation of the deletion (204)')
    return response.status
  } catch (error) {
    if (error instanceof Fault && error.kind === 'refused' && error.http === 404) return error.http
    throw error
  }
}
