import type { Io } from '../target.ts'
import { type Entry, readPage } from './listing.ts'
import type { CatalogixOptions } from './options.ts'

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
    for (const [code, entries] of groups) if (codes.has(code)) found.set(code, idsOf(entries))
    offset += returned
    if (returned === 0 || offset >= total) break
  }
  return found
}

function idsOf(entries: readonly Entry[]): AssetIds {
  return new Map(entries.flatMap(({ name, id }) => (id === null ? [] : [[name, id] as const])))
}
