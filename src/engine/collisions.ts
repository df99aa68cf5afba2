import { MaybeSet } from '../lib/maybe-set.ts'
import { mergeSorted } from '../lib/merge.ts'
import type { HeldPrint, Item } from '../model/item.ts'
import { isRejection, type Problem, type Product, type Rejection } from '../model/product.ts'
import type { Target } from '../targets/target.ts'
import type { Namer, WhoNames } from './naming.ts'

/** What is planned for a target: what is compared, and what is known to be unchanged. */
interface Planned {
  readonly entries: () => Iterable<Product | Rejection>
  readonly known?: () => Iterable<Claim>
  readonly target: Target
  readonly options: unknown
  readonly whoNames: WhoNames
}

/** A code's claim to a key. */
interface Claim extends Pick<Item, 'key' | 'code'> {
  readonly seq: number
}

/** Another code that a key belongs to, and who still names that. */
interface OtherClaim {
  readonly code: string
  readonly namer: Namer
}

/** Keys that several product codes map to, in the form in which the target compares them. */
export interface Collisions {
  /**
   * The other code that has this key at the target and is still named by somebody, or that claims it in the feed while nobody has
   * it. A code that is named no more hands its key over: else a product whose code was respelled could never be sent again.
   */
  otherClaim(code: string, key: string, held: Pick<HeldPrint, 'code'> | undefined): OtherClaim | null
}

/**
 * Finds colliding keys before anything is planned. The first walk keeps a few bytes per key; only keys that seem to repeat
 * are looked at exactly, in a second one.
 */
export function findCollisions(planned: Planned): Collisions {
  const { whoNames, target } = planned
  const { fold } = target
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
      if (held?.code === code) return null
      const namer = held === undefined ? null : whoNames(held.code)
      if (held !== undefined && namer !== null) return { code: held.code, namer }
      const other = [...(claims.get(fold(key)) ?? [])].find(each => each !== code)
      return other === undefined ? null : { code: other, namer: 'feed' }
    },
  }
}

/** A key that another code has, in the feed or at the target, would overwrite that code's image. */
export function collisionOf(
  items: readonly Item[],
  source: string,
  heldUnder: (key: string) => Pick<HeldPrint, 'code'> | undefined,
  collisions: Collisions,
): Problem | null {
  for (const { key, code } of items) {
    const other = collisions.otherClaim(code, key, heldUnder(key))
    if (other !== null) return { reason: 'code-collision', ...wordsFor(key, code, other), code, source }
  }
  return null
}

function wordsFor(key: string, code: string, { code: other, namer }: OtherClaim): Pick<Problem, 'message' | 'fix'> {
  const becomes = `The code "${code}" becomes "${key}" at this target`
  switch (namer) {
    case 'feed':
      return {
        message: `The codes "${code}" and "${other}" both become "${key}" at this target.`,
        fix: "Give them different keys with the target's template.",
      }
    case 'others':
      return {
        message: `${becomes}, which belongs to "${other}": not in this feed, but named by earlier runs of another source.`,
        fix: "Change one of the codes, or give the sources different keys with the target's template.",
      }
    case 'unclear':
      return {
        message: `${becomes}, which earlier runs gave to "${other}"; this part of a feed does not tell whether the rest still names that.`,
        fix: 'Push the whole feed.',
      }
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
