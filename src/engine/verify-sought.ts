import type { Held } from '../model/item.ts'
import { isRejection, type Problem, type Product, type Rejection } from '../model/product.ts'
import type { Repair } from '../model/verification.ts'
import type { Sought, Target } from '../targets/target.ts'
import { type Collisions, collisionOf, findCollisions } from './collisions.ts'
import type { WhoNames } from './naming.ts'
import { compare } from './plan.ts'

/** Images looked at in one go: as many as the widest request that any target takes. */
export const IMAGES_AT_ONCE = 100

/** What is to be verified at one target. */
export interface Verifying {
  /** The products to verify; walked through more than once. */
  readonly entries: () => Iterable<Product | Rejection>
  readonly target: Target
  readonly options: unknown
  /** The ledger knows this target: what it has no word of was never sent there. */
  readonly isKnown: boolean
  /** What the ledger says of these keys. */
  readonly held: (keys: readonly string[]) => ReadonlyMap<string, Held>
  /** Who still names a code under which the ledger holds a key that another code becomes now. */
  readonly whoNames: WhoNames
}

/** One image that the feed wants to be there. */
export interface Expected {
  readonly key: string
  readonly rank: number
  readonly url: string
  /** The address that the ledger says was sent last; null: it does not know. */
  readonly recorded: string | null
  /** By the ledger it was never sent successfully. */
  readonly isUnsent: boolean
  /** Its item has other images too. */
  readonly isShared: boolean
  /** What brings it back if it is not there. */
  readonly repair: Repair
}

export interface SoughtProduct {
  readonly sought: Sought
  readonly expected: readonly Expected[]
}

/**
 * The products in the order of the feed, some at a time. What cannot be sent to this target is left out, and `refused` is told
 * of it.
 */
export function* soughtChunks(verifying: Verifying, refused: (problem: Problem) => void): Generator<SoughtProduct[]> {
  const { entries, target, options } = verifying
  const collisions = findCollisions(verifying)
  let chunk: Encoded[] = []
  let images = 0
  for (const entry of entries()) {
    if (isRejection(entry)) continue
    const encoded = target.encode(entry, options)
    if ('reason' in encoded) {
      refused(encoded)
      continue
    }
    if (images > 0 && images + entry.gallery.length > IMAGES_AT_ONCE) {
      yield soughtIn(chunk, verifying, collisions, refused)
      chunk = []
      images = 0
    }
    chunk.push({ product: entry, items: encoded })
    images += entry.gallery.length
  }
  if (chunk.length > 0) yield soughtIn(chunk, verifying, collisions, refused)
}

interface Encoded {
  readonly product: Product
  readonly items: readonly Sought['items'][number]['item'][]
}

function soughtIn(
  chunk: readonly Encoded[],
  verifying: Verifying,
  collisions: Collisions,
  refused: (problem: Problem) => void,
): SoughtProduct[] {
  const held = verifying.held(chunk.flatMap(({ items }) => items.map(({ key }) => key)))
  return chunk.flatMap(({ product, items }) => {
    const collision = collisionOf(items, product.source, key => held.get(key), collisions)
    if (collision !== null) {
      refused(collision)
      return []
    }
    const sought = { product, items: items.map(item => ({ item, held: held.get(item.key) ?? null })) }
    return [{ sought, expected: expectedOf(sought, verifying) }]
  })
}

function expectedOf({ product, items }: Sought, verifying: Verifying): Expected[] {
  let rank = 0
  return items.flatMap(({ item, held }) => {
    const repair = repairOf({ item, held }, product, verifying)
    return item.gallery.map((url, at) => ({
      key: item.key,
      rank: ++rank,
      url,
      recorded: held?.gallery[at] ?? null,
      isUnsent: held === null && verifying.isKnown,
      isShared: item.gallery.length > 1,
      repair,
    }))
  })
}

/** A push leaves out what the ledger takes for unchanged, and --full is of no use where sending again makes a second one. */
function repairOf({ item, held }: Sought['items'][number], product: Product, verifying: Verifying): Repair {
  const known = { held: new Map(held === null ? [] : [[item.key, held]]), mayArrive: new Set<string>() }
  const step = compare(item, product, known, { ...verifying, full: false, pruning: null })
  if (step.action !== 'unchanged') return 'push'
  return verifying.target.replay === 'create' ? 'fresh-ledger' : 'push-full'
}
