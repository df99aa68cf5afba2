import type { Io, Reading, Sight, Sought } from '../target.ts'
import { type Entry, readPage } from './listing.ts'
import type { CatalogixOptions } from './options.ts'
import { ranksByName } from './payload.ts'

/**
 * Reads the store page by page, and no further than until all that is sought has been seen. Pages are read once, whatever is
 * sought in which order: at 10 requests a minute each is worth six seconds.
 */
export const read: Reading<CatalogixOptions> = {
  cannot: [
    'Where Catalogix shows an image under an address of its own, only its presence and its rank can be compared.',
    'Images under attributes that the option attribute does not name are not looked at.',
  ],
  async open(io, options) {
    const find = openStore(io, options)
    const ranks = ranksByName(options)
    return async sought => {
      const { groups, isCertain } = await find(sought.map(({ product }) => product.code))
      return sought.map(each => sightsOf(each, groups.get(each.product.code) ?? null, isCertain, ranks))
    }
  },
}

interface Found {
  readonly groups: ReadonlyMap<string, readonly Entry[]>
  /** False when somebody changed the store while it was listed, so that a group may have slipped from one page to another. */
  readonly isCertain: boolean
}

function openStore(io: Io, options: CatalogixOptions): (codes: readonly string[]) => Promise<Found> {
  const seen = new Map<string, readonly Entry[]>()
  let offset = 0
  let first: number | null = null
  let isCertain = true
  let hasEnded = false
  let reading: Promise<void> | null = null

  async function readOn(): Promise<void> {
    const { groups, returned, total } = await readPage(offset, io, options)
    for (const [code, entries] of groups) seen.set(code, entries)
    first ??= total
    isCertain &&= first === total
    offset += returned
    hasEnded = returned === 0 || offset >= total
  }

  return async codes => {
    while (!hasEnded && codes.some(code => !seen.has(code))) {
      reading ??= readOn().finally(() => {
        reading = null
      })
      await reading
    }
    const groups = new Map<string, readonly Entry[]>()
    for (const code of codes) {
      const entries = seen.get(code)
      if (entries !== undefined) groups.set(code, entries)
      seen.delete(code) // a code is sought once
    }
    return { groups, isCertain }
  }
}

function sightsOf(
  { items }: Sought,
  entries: readonly Entry[] | null,
  isCertain: boolean,
  ranks: ReadonlyMap<string, number>,
): readonly Sight[] {
  const [sought] = items
  if (sought === undefined) return []
  const { key } = sought.item
  if (entries === null) return isCertain ? [] : [slipped(key)]
  return entries.flatMap(entry => {
    const rank = ranks.get(entry.name)
    return rank === undefined ? [] : [imageOf(entry, rank, key)]
  })
}

function imageOf({ name, url, id }: Entry, rank: number, key: string): Sight {
  const isOwn = url === null || isCopy(url, id)
  const note = isOwn
    ? 'Catalogix shows it under an address of its own: only its presence and rank could be compared.'
    : null
  return { kind: 'image', key, rank, url: isOwn ? null : url, name, note }
}

/** The vendor's examples show images at an own host, under the asset's id, and not where they came from. */
function isCopy(url: string, id: string | null): boolean {
  if (!URL.canParse(url)) return false
  const { hostname, pathname } = new URL(url)
  return hostname.endsWith('.catalogix.ai') || (id !== null && id !== '' && pathname.endsWith(`/${id}`))
}

function slipped(key: string): Sight {
  const message =
    'The store was changed while it was listed, so that this product may have been passed over. Verify again.'
  return { kind: 'hidden', key, reason: 'listing-changed', message }
}
