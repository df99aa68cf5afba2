import type { Product } from '../../src/model/product.ts'
import type { Io, Sight, Sought, Target } from '../../src/targets/target.ts'

/** What a ledger knows of an item. */
export interface Known {
  readonly remoteId?: string | null
}

/** The products with their items at a target, and what the ledger knows of them by key; default: nothing. */
export function soughtOf(
  target: Target,
  options: unknown,
  goods: readonly Product[],
  known: Readonly<Record<string, Known>> = {},
): Sought[] {
  const knownOf = new Map(Object.entries(known))
  return goods.map(product => {
    const items = target.encode(product, options)
    if ('reason' in items) throw new Error(items.message)
    return {
      product,
      items: items.map(item => {
        const { key, code, gallery } = item
        const facts = knownOf.get(key)
        if (facts === undefined) return { item, held: null }
        return { item, held: { key, code, gallery, fingerprint: 'f', tail: [], remoteId: facts.remoteId ?? null } }
      }),
    }
  })
}

/** What a target sees of the products, each sight as short as it can be told. */
export async function seen(
  target: Target,
  io: Io,
  options: unknown,
  goods: readonly Product[],
  known?: Readonly<Record<string, Known>>,
): Promise<string[][]> {
  if (target.read === undefined) throw new Error(`${target.type} cannot be read`)
  const look = await target.read.open(io, options)
  return (await look(soughtOf(target, options, goods, known))).map(sights => sights.map(shown))
}

function shown(sight: Sight): string {
  const { key } = sight
  if (sight.kind === 'image') {
    const rank = sight.rank === null ? '' : ` at ${sight.rank}`
    return `${key ?? 'extra'}${rank}: ${sight.url ?? sight.name}${sight.note === null ? '' : ' (in part)'}`
  }
  return sight.kind === 'other' ? `${key}: other, ${sight.name}` : `${key}: ${sight.kind}, ${sight.reason}`
}
