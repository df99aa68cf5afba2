import { digest } from '../lib/hash.ts'
import type { Held, Item, SentItem } from '../model/item.ts'
import { inWords, isRejection, type Problem, type Product, type Rejection } from '../model/product.ts'
import type { Changes, FeedStep, SendStep } from '../model/step.ts'
import type { Target } from '../targets/target.ts'
import { compareGalleries, tailAfter } from './changes.ts'
import { type Collisions, findCollisions } from './collisions.ts'
import type { Pruning } from './prune.ts'

/** Products compared with the ledger at a time. */
const PRODUCTS_AT_ONCE = 500

/** Images of one product share its place in the feed; this keeps them in rank order within it. */
const RANKS_PER_PLACE = 10_000

export interface Planning {
  /** The products to plan; walked through more than once. */
  readonly entries: () => Iterable<Product | Rejection>
  readonly target: Target
  readonly options: unknown
  /** What the target holds under these keys. */
  readonly held: (keys: readonly string[]) => Map<string, Held>
  /** Which of these keys may still arrive by a request that got no trustworthy answer. */
  readonly mayArrive: (keys: readonly string[]) => ReadonlySet<string>
  /** Send unchanged items too. */
  readonly full: boolean
  /** With --prune: what is needed for finding out what to remove. */
  readonly pruning: Pruning | null
}

/** Compares the feed with what the target holds. Pure but for `held`; the same input gives the same steps again. */
export function* planSteps(planning: Planning): Generator<FeedStep> {
  const collisions = findCollisions(planning.entries, planning.target, planning.options)
  let chunk: (Product | Rejection)[] = []
  for (const entry of planning.entries()) {
    chunk.push(entry)
    if (chunk.length < PRODUCTS_AT_ONCE) continue
    yield* planChunk(chunk, planning, collisions)
    chunk = []
  }
  yield* planChunk(chunk, planning, collisions)
}

function* planChunk(
  entries: readonly (Product | Rejection)[],
  planning: Planning,
  collisions: Collisions,
): Generator<FeedStep> {
  const encoded = entries.map(entry => ({
    entry,
    items: isRejection(entry) ? entry : planning.target.encode(entry, planning.options),
  }))
  const keys = encoded.flatMap(({ items }) => (isProblem(items) ? [] : items.map(item => item.key)))
  const known = { held: planning.held(keys), mayArrive: planning.mayArrive(keys) }
  for (const { entry, items } of encoded) {
    const problem = isProblem(items) ? items : collisionOf(items, entry.source, known.held, collisions)
    if (problem !== null) yield reject(entry.seq, problem)
    if (problem !== null || isProblem(items) || isRejection(entry)) continue
    for (const [at, item] of items.entries()) {
      const place = { ...entry, seq: entry.seq + at / RANKS_PER_PLACE }
      yield compare(item, place, known, planning)
    }
  }
}

/** A key that another code claims, in the feed or at the target, would overwrite that code's image. */
function collisionOf(
  items: readonly Item[],
  source: string,
  held: ReadonlyMap<string, Held>,
  collisions: Collisions,
): Problem | null {
  for (const { key, code } of items) {
    const other = collisions.otherClaim(code, key, held.get(key))
    if (other === null) continue
    const message = `The codes "${code}" and "${other}" both become "${key}" at this target.`
    const fix = "Give them different keys with the target's template."
    return { reason: 'code-collision', message, fix, code, source }
  }
  return null
}

/** What the ledger knows of the keys that are planned. */
export interface Known {
  readonly held: ReadonlyMap<string, Held>
  readonly mayArrive: ReadonlySet<string>
}

/** What decides about an item besides what the target holds. */
export type Comparing = Pick<Planning, 'target' | 'options' | 'full' | 'pruning'>

/** What is to be done with an item so that the target holds it. */
export function compare(
  item: Item,
  { seq, source, dropped }: Pick<Product, 'seq' | 'source' | 'dropped'>,
  known: Known,
  planning: Comparing,
): FeedStep {
  const held = known.held.get(item.key)
  const payload = JSON.stringify(planning.target.payload(item, planning.options))
  const fingerprint = digest(payload)
  const tail = planning.target.tail === 'stays' ? tailAfter(held, item.gallery) : []
  // A gallery that lost an image to a bad URL is no reason for removing what was there before.
  const trim = planning.pruning === null || dropped !== null ? [] : tail.map(({ rank }) => rank)
  const full = planning.full && planning.target.replay !== 'create' // these can only make another one
  if (held?.fingerprint === fingerprint && !full && trim.length === 0) {
    const { key, code, gallery } = item
    return { action: 'unchanged', seq, source, key, code, images: gallery.length, remoteId: held.remoteId, dropped }
  }
  const step: SendStep = {
    action: held === undefined ? 'create' : 'update',
    seq,
    source,
    item: sent(item, held, trim, known),
    fingerprint,
    bytes: Buffer.byteLength(payload),
    changes: held === undefined ? null : changes(item, held, fingerprint),
    tail,
    dropped,
  }
  return step
}

function sent(item: Item, held: Held | undefined, trim: readonly number[], { mayArrive }: Known): SentItem {
  const onItsWay = mayArrive.has(item.key) ? { mayArrive: true } : {}
  return { ...item, remoteId: held?.remoteId ?? null, doubtful: held?.fingerprint === null, trim, ...onItsWay }
}

function changes(item: Item, held: Held, fingerprint: string): Changes {
  const compared = compareGalleries(held.gallery, item.gallery)
  return { ...compared, other: compared.other && held.fingerprint !== fingerprint }
}

function reject(seq: number, problem: Problem): FeedStep {
  const { source, code, reason } = problem
  return { action: 'reject', seq, source, code, reason, message: inWords(problem) }
}

function isProblem(items: readonly Item[] | Problem): items is Problem {
  return 'reason' in items
}
