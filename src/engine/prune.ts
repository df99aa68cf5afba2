import type { Ledger, TargetId } from '../ledger/ledger.ts'
import { MaybeSet } from '../lib/maybe-set.ts'
import type { Held } from '../model/item.ts'
import { isRejection, type Product, type Rejection } from '../model/product.ts'
import type { DeleteStep } from '../model/step.ts'
import type { Target } from '../targets/target.ts'

/** Keys looked up in the ledger at a time. */
const KEYS_AT_ONCE = 500

export interface Pruning {
  /** Name of the source whose items may be removed. */
  readonly source: string
  /** Codes that the feed names without images. */
  readonly blanks: () => Iterable<string>
  readonly ledger: Ledger
  readonly id: TargetId
}

/** The feed as it is planned now. */
export interface Named {
  readonly entries: () => Iterable<Product | Rejection>
  readonly target: Target
  readonly options: unknown
}

/** How many items the source carried to the target in its last complete run: what --max-delete n% is a share of. */
export function countCarried({ ledger, source, id }: Pruning): number {
  let count = 0
  for (const _ of ledger.carried(source, id)) count++
  return count
}

/**
 * What this source carried in its last complete run and names no more. Left out: what the ledger does not hold, what stands for an
 * asset that another key needs, what another source carries, and everything of codes that the feed still names but whose record was rejected or blank. The sets keep a few
 * bytes per key and may take a stranger for a known one, so at worst an item stays that could have gone.
 */
export function* planRemovals(pruning: Pruning, named: Named): Generator<DeleteStep> {
  const { ledger, source, id } = pruning
  const kept = keysToKeep(pruning, named)
  const spared = codesToSpare(pruning, named)
  let seq = Number.MAX_SAFE_INTEGER - 2 ** 40 // after everything that the feed names
  for (const keys of chunks(ledger.carried(source, id))) {
    const gone = keys.filter(({ key, code }) => !kept.has(key) && !spared.has(code)).map(({ key }) => key)
    const held = ledger.held(id, gone)
    for (const key of gone) {
      const known = held.get(key)
      if (known !== undefined && !ledger.isShared(id, known)) yield removal(known, seq++)
    }
  }
}

function keysToKeep({ ledger, source, id }: Pruning, { entries, target, options }: Named): MaybeSet {
  const kept = new MaybeSet()
  for (const entry of entries()) {
    const items = isRejection(entry) ? entry : target.encode(entry, options)
    if (!('reason' in items)) for (const { key } of items) kept.add(key)
  }
  for (const other of ledger.sources()) {
    if (other !== source) for (const { key } of ledger.carried(other, id)) kept.add(key)
  }
  return kept
}

function codesToSpare({ blanks }: Pruning, { entries, target, options }: Named): MaybeSet {
  const spared = new MaybeSet()
  for (const entry of entries()) {
    const rejected = isRejection(entry) || 'reason' in target.encode(entry, options)
    if (rejected && entry.code !== null) spared.add(entry.code)
  }
  for (const code of blanks()) spared.add(code)
  return spared
}

function removal({ key, code, gallery, tail, remoteId, fingerprint }: Held, seq: number): DeleteStep {
  const trim = tail.map(({ rank }) => rank)
  const item = { key, code, gallery, values: {}, remoteId, doubtful: fingerprint === null, trim }
  return { action: 'delete', seq, source: '', item, images: gallery.length }
}

function* chunks<T>(values: Iterable<T>): Generator<T[]> {
  let chunk: T[] = []
  for (const value of values) {
    chunk.push(value)
    if (chunk.length < KEYS_AT_ONCE) continue
    yield chunk
    chunk = []
  }
  yield chunk
}
