import { digest } from '../lib/hash.ts'
import type { Held, Item } from '../model/item.ts'
import { isRejection, type Problem, type Product, type Rejection } from '../model/product.ts'
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
  const held = planning.held(encoded.flatMap(({ items }) => (isProblem(items) ? [] : items.map(item => item.key))))
  for (const { entry, items } of encoded) {
    const problem = isProblem(items) ? items : collisionOf(items, entry.source, held, collisions)
    if (problem !== null) yield reject(entry.seq, problem)
    if (problem !== null || isProblem(items) || isRejection(entry)) continue
    for (const [at, item] of items.entries()) {
      const place = { ...entry, seq: entry.seq + at / RANKS_PER_PLACE }
      yield compare(item, place, held.get(item.key), planning)
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
    const message = `The codes "${code}" and "${other}" both become "${key}" at this target. Give them different keys with the target's template.`
    return { reason: 'code-collision', message, code, source }
  }
  return null
}

function compare(item: Item, { seq, source, dropped }: Product, held: Held | undefined, planning: Planning): FeedStep {
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
    item: { ...item, remoteId: held?.remoteId ?? null, doubtful: held?.fingerprint === null, trim },
    fingerprint,
    bytes: Buffer.byteLength(payload),
    changes: changes(item, held, fingerprint),
    tail,
    dropped,
  }
  return step
}

function changes(item: Item, held: Held | undefined, fingerprint: string): Changes {
  const compared = compareGalleries(held?.gallery ?? [], item.gallery)
  return { ...compared, other: compared.other && held?.fingerprint !== fingerprint }
}

function reject(seq: number, { source, code, reason, message }: Problem): FeedStep {
  return { action: 'reject', seq, source, code, reason, message }
}

function isProblem(items: readonly Item[] | Problem): items is Problem {
  return 'reason' in items
}
