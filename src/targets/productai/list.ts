import { Fault } from '../../model/fault.ts'
import type { HttpResponse } from '../../model/http.ts'
import { isJsonObject } from '../../model/json.ts'
import { parseJson } from '../answer.ts'
import type { Io } from '../target.ts'
import { unreadable } from './answers.ts'
import { type Asset, readAsset } from './asset.ts'

/** The most assets that one call lists. */
export const PAGE_SIZE = 100

type Reading = Pick<Io, 'send' | 'baseUrl'>

/**
 * All uploaded assets that a filter of the list lets through; none: all. Rows move between pages while somebody uploads, so
 * each is counted once; what a filter does exactly is not documented, so who asks looks at what comes.
 */
export async function listAssets(
  io: Reading,
  filter: Readonly<Partial<Record<'status' | 'tags', string>>> = {},
): Promise<readonly Asset[]> {
  const assets = new Map<string, Asset>()
  for (let offset = 0; ; ) {
    const response = await get(io, `my-uploaded-assets?${queryOf({ limit: PAGE_SIZE, offset, ...filter })}`)
    const { rows, hasMore } = readPage(response)
    const before = assets.size
    for (const row of rows) assets.set(row.id, row)
    if (!hasMore) return [...assets.values()]
    if (assets.size === before) throw unreadable(response, 'there is more, but always the same')
    offset += rows.length
  }
}

/** The asset with this id, or null when there is none. */
export async function findAsset(id: string, io: Reading): Promise<Asset | null> {
  try {
    const response = await get(io, `assets/${encodeURIComponent(id)}`)
    const asset = readAsset(parseJson(response.body))
    if (asset?.id !== id) throw unreadable(response, `no asset ${id}`)
    return asset
  } catch (error) {
    if (error instanceof Fault && error.kind === 'refused' && error.http === 404) return null
    throw error
  }
}

/** Proves address and key with the smallest list there is. */
export async function probe(io: Reading): Promise<void> {
  readPage(await get(io, `my-uploaded-assets?${queryOf({ limit: 1 })}`))
}

function get({ send, baseUrl }: Reading, path: string): Promise<HttpResponse> {
  return send({ method: 'GET', url: `${baseUrl}/${path}`, headers: {}, body: null })
}

function queryOf(parameters: Readonly<Record<string, string | number>>): string {
  return Object.entries(parameters)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&')
}

function readPage(response: HttpResponse): { rows: readonly Asset[]; hasMore: boolean } {
  const page = parseJson(response.body)
  const { assets, has_more: hasMore } = isJsonObject(page) ? page : {}
  if (!Array.isArray(assets) || typeof hasMore !== 'boolean') throw unreadable(response, 'no list of assets')
  const rows = assets.map(readAsset)
  if (!rows.every(row => row !== null)) throw unreadable(response, 'an asset without id or status')
  return { rows, hasMore }
}
