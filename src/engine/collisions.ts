import { MaybeSet } from '../lib/maybe-set.ts'
import { mergeSorted } from '../lib/merge.ts'
import type { HeldPrint, Item } from '../model/item.ts'
import { isRejection, type Product, type Rejection } from '../model/product.ts'
import type { Target } from '../targets/target.ts'

/** What is planned for a target: what is compared, and what is known to be unchanged. */
interface Planned {
  readonly entries: () => Iterable<Product | Rejection>
  readonly known?: () => Iterable<Claim>
  readonly target: Target
  readonly options: unknown
}

/** A code's claim to a key. */
interface Claim extends Pick<Item, 'key' | 'code'> {
  readonly seq: number
}

/** Keys that several product codes map to, in the form in which the target compares them. */
export interface Collisions {
  /** The other code that has this key at the target, or claims it in the feed while the target does not hold it yet. */
  otherClaim(code: string, key: string, held: Pick<HeldPrint, 'code'> | undefined): string | null
}

/**
 * Finds colliding keys before anything is planned. The first walk keeps a few bytes per key; only keys that seem to repeat
 * are looked at exactly, in a second one.
 */
export function findCollisions(planned: Planned): Collisions {
  const { fold } = planned.target
  if (fold === undefined) return { otherClaim: () => null }
  const seen = new MaybeSet()
  const suspects = new Set<string>()
  for (const { key } of keysOf(planned)) {
    if (seen.add(fold(key))) suspects.add(fold(key))
  }
  const claims = new Map<string, Set<string>>()
  if (suspects.size > 0) {
    for (const { key, code } of keysOf(planned)) {
      const folded = fold(key)
      if (suspects.has(folded)) claims.set(folded, (claims.get(folded) ?? new Set()).add(code))
    }
  }
  return {
    otherClaim(code, key, held) {
      if (held !== undefined) return held.code === code ? null : held.code
      return [...(claims.get(fold(key)) ?? [])].find(other => other !== code) ?? null
    },
  }
}

/** In the order of the feed. */
function keysOf(planned: Planned): Iterable<Claim> {
  const { known } = planned
  const compared = comparedKeys(planned)
  return known === undefined ? compared : mergeSorted<Claim>([known()[Symbol.iterator](), compared], ({ seq }) => seq)
}

function* comparedKeys({ entries, target, options }: Planned): Generator<Claim> {
  for (const entry of entries()) {
    if (isRejection(entry)) continue
    const items = target.encode(entry, options)
    if ('reason' in items) continue
    for (const { key } of items) yield { seq: entry.seq, key, code: entry.code }
  }
}
