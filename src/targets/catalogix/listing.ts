import { Fault } from '../../model/fault.ts'
import { isJsonObject, type JsonObject } from '../../model/json.ts'
import { parseObject } from '../answer.ts'
import type { Io } from '../target.ts'
import type { CatalogixOptions } from './options.ts'
import { assetsUrl } from './url.ts'

/** The most groups that GET /assets gives at once. */
const PAGE = 50

/** One attribute of a group: `{"Image URL 1": url, "asset_id": id}`. */
export interface Entry {
  readonly name: string
  /** Null where it is no text. */
  readonly url: string | null
  readonly id: string | null
}

export interface Listing {
  /** The assets of each code, by code. */
  readonly groups: ReadonlyMap<string, readonly Entry[]>
  readonly returned: number
  readonly total: number
}

/** A page of the store. The API cannot be asked for one code. */
export async function readPage(
  offset: number,
  io: Pick<Io, 'send' | 'baseUrl'>,
  options: CatalogixOptions,
): Promise<Listing> {
  const filter = `asset_format=${encodeURIComponent(options.assetType)}&offset=${offset}&limit=${PAGE}`
  const url = `${assetsUrl(io.baseUrl, options)}&${filter}`
  const response = await io.send({ method: 'GET', url, headers: {}, body: null })
  const body = parseObject(response.body)
  const data = isJsonObject(body?.data) ? body.data : {}
  const { assets, total_groups: total, returned_groups: returned } = data
  if (!isJsonObject(assets) || typeof total !== 'number' || typeof returned !== 'number') {
    throw new Fault('unreadable', 'Catalogix listed its assets in a form that is not documented', {
      http: response.status,
    })
  }
  const groups = new Map(Object.entries(assets).map(([code, group]) => [code, entriesOf(group)]))
  return { groups, returned, total }
}

function entriesOf(group: unknown): Entry[] {
  const assets = isJsonObject(group) && Array.isArray(group.assets) ? group.assets.filter(isJsonObject) : []
  return assets.flatMap(namesOf)
}

function namesOf({ asset_id: id, ...names }: JsonObject): Entry[] {
  return Object.entries(names).map(([name, url]) => ({
    name,
    url: typeof url === 'string' ? url : null,
    id: typeof id === 'string' ? id : null,
  }))
}
