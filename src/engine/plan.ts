import { chunks } from '../lib/chunks.ts'
import { digest } from '../lib/hash.ts'
import { mergeSorted } from '../lib/merge.ts'
import type { Held, HeldPrint, Item, SentItem } from '../model/item.ts'
import { inWords, isRejection, type Problem, type Product, type Rejection } from '../model/product.ts'
import { type Changes, type FeedStep, RANKS_PER_PLACE, type SendStep, type UnchangedStep } from '../model/step.ts'
import type { Target } from '../targets/target.ts'
import { compareGalleries, tailAfter } from './changes.ts'
import { type Collisions, collisionOf, findCollisions } from './collisions.ts'
import type { WhoNames } from './naming.ts'
import type { Pruning } from './prune.ts'

/** Products compared with the ledger at a time. */
const PRODUCTS_AT_ONCE = 500

export interface Planning {
  /** The products to plan; walked through more than once. */
  readonly entries: () => Iterable<Product | Rejection>
  /** What is unchanged for certain and not among the entries, in the order of the feed. Default: nothing. */
  readonly known?: () => Iterable<UnchangedStep>
  readonly target: Target
  readonly options: unknown
  /** What the target holds under these keys. */
  readonly held: (keys: readonly string[]) => Map<string, Held>
  /** The short part of the same, which is had much sooner; most items are unchanged. Default: taken from `held`. */
  readonly heldPrints?: (keys: readonly string[]) => ReadonlyMap<string, HeldPrint>
  /** Which of these keys may still arrive by a request that got no trustworthy answer. */
  readonly mayArrive: (keys: readonly string[]) => ReadonlySet<string>
  /** Who still names a code under which the target holds a key that another code becomes now. */
  readonly whoNames: WhoNames
  /** Send unchanged items too. */
  readonly full: boolean
  /** With --prune: what is needed for finding out what to remove. */
  readonly pruning: Pruning | null
}

/** Compares the feed with what the target holds. Pure but for `held`; the same input gives the same steps again. */
export function* planSteps(planning: Planning): Generator<FeedStep> {
  const compared = comparedSteps(planning)
  if (planning.known === undefined) yield* compared
  else yield* mergeSorted<FeedStep>([planning.known()[Symbol.iterator](), compared], ({ seq }) => seq)
}

function* comparedSteps(planning: Planning): Generator<FeedStep> {
  const collisions = findCollisions(planning)
  for (const entries of chunks(planning.entries(), PRODUCTS_AT_ONCE)) yield* planChunk(entries, planning, collisions)
}

function* planChunk(
  entries: readonly (Product | Rejection)[],
  planning: Planning,
  collisions: Collisions,
): Generator<FeedStep> {
  const encoded = entries.map(entry => ({
    entry,
    items: isRejection(entry) ? entry : encode(entry, planning),
  }))
  const all = encoded.flatMap(({ items }) => (isProblem(items) ? [] : items))
  const known = knownOf(all, planning)
  const collisionIn = (items: readonly Encoded[], source: string) =>
    collisionOf(
      items.map(({ item }) => item),
      source,
      key => known.prints.get(key),
      collisions,
    )
  for (const { entry, items } of encoded) {
    const problem = isProblem(items) ? items : collisionIn(items, entry.source)
    if (problem !== null) yield reject(entry.seq, problem)
    if (problem !== null || isProblem(items) || isRejection(entry)) continue
    const { source, dropped } = entry
    for (const [at, each] of items.entries()) {
      yield compareEncoded(each, { seq: entry.seq + at / RANKS_PER_PLACE, source, dropped }, known, planning)
    }
  }
}

/** An item with its payload's digest and size. */
interface Encoded {
  readonly item: Item
  readonly fingerprint: string
  readonly bytes: number
}

function encode(product: Product, planning: Planning): readonly Encoded[] | Problem {
  const items = planning.target.encode(product, planning.options)
  return isProblem(items) ? items : items.map(item => encodedItem(item, planning))
}

function encodedItem(item: Item, { target, options }: Pick<Planning, 'target' | 'options'>): Encoded {
  const payload = JSON.stringify(target.payload(item, options))
  return { item, fingerprint: digest(payload), bytes: Buffer.byteLength(payload) }
}

/** All of what is held is only asked for where the short part of it does not settle the matter. */
function knownOf(encoded: readonly Encoded[], planning: Planning): Known & { prints: ReadonlyMap<string, HeldPrint> } {
  const keys = encoded.map(({ item }) => item.key)
  const mayArrive = planning.mayArrive(keys)
  if (planning.heldPrints === undefined || planning.full || planning.pruning !== null) {
    const held = planning.held(keys)
    return { held, prints: held, mayArrive }
  }
  const prints = planning.heldPrints(keys)
  const others = encoded.filter(({ item, fingerprint }) => {
    const print = prints.get(item.key)
    return print !== undefined && (print.fingerprint !== fingerprint || print.code !== item.code)
  })
  return { held: planning.held(others.map(({ item }) => item.key)), prints, mayArrive }
}

/** What the ledger knows of the keys that are planned. */
export interface Known {
  readonly held: ReadonlyMap<string, Held>
  /** The short part, also of keys that `held` leaves out because they are unchanged. Default: `held`. */
  readonly prints?: ReadonlyMap<string, HeldPrint>
  readonly mayArrive: ReadonlySet<string>
}

/** What decides about an item besides what the target holds. */
export type Comparing = Pick<Planning, 'target' | 'options' | 'full' | 'pruning'>

/** What is to be done with an item so that the target holds it. */
export function compare(item: Item, place: Place, known: Known, planning: Comparing): FeedStep {
  return compareEncoded(encodedItem(item, planning), place, known, planning)
}

type Place = Pick<Product, 'seq' | 'source' | 'dropped'>

function compareEncoded(
  { item, fingerprint, bytes }: Encoded,
  { seq, source, dropped }: Place,
  known: Known,
  planning: Comparing,
): FeedStep {
  const held = known.held.get(item.key)
  const print = (known.prints ?? known.held).get(item.key)
  const tail = planning.target.tail === 'stays' ? tailAfter(held, item.gallery) : []
  // A gallery that lost an image to a bad URL is no reason for removing what was there before.
  const trim = planning.pruning === null || dropped !== null ? [] : tail.map(({ rank }) => rank)
  const full = planning.full && planning.target.replay !== 'create' // these can only make another one
  const isSame = print?.fingerprint === fingerprint && print.code === item.code // a key may be handed over to another code
  if (isSame && !full && trim.length === 0) {
    const { key, code, gallery } = item
    return { action: 'unchanged', seq, source, key, code, images: gallery.length, remoteId: print.remoteId, dropped }
  }
  const step: SendStep = {
    action: held === undefined ? 'create' : 'update',
    seq,
    source,
    item: sent(item, held, trim, known),
    fingerprint,
    bytes,
    changes: held === undefined ? null : changes(item, held, fingerprint),
    tail,
    dropped,
  }
  return step
}

function sent(item: Item, held: Held | undefined, trim: readonly number[], { mayArrive }: Known): SentItem {
  const { key, code, gallery, values } = item
  const remoteId = held?.remoteId ?? null
  const doubtful = held?.fingerprint === null
  // Written out: there may be a million of them.
  if (!mayArrive.has(key)) return { key, code, gallery, values, remoteId, doubtful, trim }
  return { key, code, gallery, values, remoteId, doubtful, trim, mayArrive: true }
}

function changes(item: Item, held: Held, fingerprint: string): Changes {
  const compared = compareGalleries(held.gallery, item.gallery)
  const isSame = held.fingerprint === fingerprint && held.code === item.code
  return { ...compared, other: compared.other && !isSame }
}

function reject(seq: number, problem: Problem): FeedStep {
  const { source, code, reason } = problem
  return { action: 'reject', seq, source, code, reason, message: inWords(problem) }
}

function isProblem<T>(items: readonly T[] | Problem): items is Problem {
  return 'reason' in items
}
