import { Fault } from '../../model/fault.ts'
import type { HttpResponse } from '../../model/http.ts'
import type { SentItem } from '../../model/item.ts'
import { isJsonObject } from '../../model/json.ts'
import { parseObject } from '../answer.ts'
import type { Io } from '../target.ts'
import type { CatalogixOptions } from './options.ts'
import { attributeName, ranksByName } from './payload.ts'
import { type AssetIds, readAssetIds } from './read-back.ts'

/** "The API accepts upto 100 data items at a time." */
export const ENTRIES = 100

/** Ranks of one item that are to go. */
export interface Unlinking {
  readonly item: SentItem
  readonly ranks: readonly number[]
}

export interface Unlinked {
  /** Items of which Catalogix says that something was not unlinked. */
  readonly failed: ReadonlySet<SentItem>
  readonly last: HttpResponse | null
}

interface Entry {
  readonly item: SentItem
  readonly id: string
}

/**
 * Unlinks assets by ids that were read back, and only at ranks that we wrote: an entry without an id would unlink everything
 * under its code. What is not there any more needs no unlinking.
 */
export async function unlink(wanted: readonly Unlinking[], io: Io, options: CatalogixOptions): Promise<Unlinked> {
  const ids = await readAssetIds(new Set(wanted.map(({ item }) => item.code)), io, options)
  const entries = wanted.flatMap(({ item, ranks }) =>
    ranks.flatMap<Entry>(rank => {
      const id = ids.get(item.code)?.get(attributeName(rank, options))
      return id === undefined || id === '' ? [] : [{ item, id }]
    }),
  )
  // Assets under other names than ours mean that the naming has changed since they were written: nothing can be said of them.
  const strange = wanted.filter(({ item }) => isNamedOtherwise(ids.get(item.code), options))
  const failed = new Set<SentItem>(strange.map(({ item }) => item))
  let last: HttpResponse | null = null
  for (let start = 0; start < entries.length; start += ENTRIES) {
    const part = entries.slice(start, start + ENTRIES)
    last = await send(part, io, options)
    if (countFailed(last) > 0) for (const { item } of part) failed.add(item)
  }
  return { failed, last }
}

function isNamedOtherwise(names: AssetIds | undefined, options: CatalogixOptions): boolean {
  if (names === undefined || names.size === 0) return false
  return ![...ranksByName(options).keys()].some(name => names.has(name))
}

function send(entries: readonly Entry[], io: Io, { storeUuid, channel }: CatalogixOptions): Promise<HttpResponse> {
  const body = entries.map(({ item, id }) => ({ store_uuid: storeUuid, parent_code: item.code, channel, asset_id: id }))
  return io.send({
    method: 'POST',
    url: `${io.baseUrl}/assets/unlink`,
    headers: { 'content-type': 'application/json' },
    body: Buffer.from(JSON.stringify(body)),
  })
}

function countFailed({ body, status }: HttpResponse): number {
  const data = parseObject(body)?.data
  if (isJsonObject(data) && typeof data.failed === 'number') return data.failed
  throw new Fault('unreadable', 'Catalogix did not say how many assets it unlinked', { http: status })
}
