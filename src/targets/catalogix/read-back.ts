import { Fault } from '../../model/fault.ts'
import { isJsonObject, type Json, type JsonObject } from '../../model/json.ts'
import { parseObject } from '../answer.ts'
import type { Io } from '../target.ts'
import type { CatalogixOptions } from './options.ts'
import { assetsUrl } from './url.ts'

/** The most groups that GET /assets gives at once. */
const PAGE = 50

/** Asset ids by attribute name. */
export type AssetIds = ReadonlyMap<string, string>

/**
 * The ids of the assets of these codes. The API cannot be asked for one code, so the whole store is read, page by page, until
 * all have been seen.
 */
export async function readAssetIds(
  codes: ReadonlySet<string>,
  io: Io,
  options: CatalogixOptions,
): Promise<ReadonlyMap<string, AssetIds>> {
  const found = new Map<string, AssetIds>()
  for (let offset = 0; found.size < codes.size; ) {
    const { groups, returned, total } = await readPage(offset, io, options)
    for (const [code, group] of Object.entries(groups)) if (codes.has(code)) found.set(code, idsOf(group))
    offset += returned
    if (returned === 0 || offset >= total) break
  }
  return found
}

async function readPage(offset: number, io: Io, options: CatalogixOptions) {
  const filter = `asset_format=${encodeURIComponent(options.assetType)}&offset=${offset}&limit=${PAGE}`
  const response = await io.send({
    method: 'GET',
    url: `${assetsUrl(io.baseUrl, options)}&${filter}`,
    headers: {},
    body: null,
  })
  const body = parseObject(response.body)
  const data = isJsonObject(body?.data) ? body.data : {}
  const { assets, total_groups: total, returned_groups: returned } = data
  if (!isJsonObject(assets) || typeof total !== 'number' || typeof returned !== 'number') {
    throw new Fault('unreadable', 'Catalogix listed its assets in a form that is not documented', {
      http: response.status,
    })
  }
  return { groups: assets, returned, total }
}

/** `{assets: [{"Image URL 1": url, "asset_id": id}, …]}` */
function idsOf(group: Json): AssetIds {
  const assets = isJsonObject(group) && Array.isArray(group.assets) ? group.assets.filter(isJsonObject) : []
  return new Map(assets.flatMap(asset => (typeof asset.asset_id === 'string' ? namesOf(asset, asset.asset_id) : [])))
}

function namesOf(asset: JsonObject, id: string): [string, string][] {
  return Object.keys(asset)
    .filter(name => name !== 'asset_id')
    .map(name => [name, id])
}
