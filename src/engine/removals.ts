import type { Journal, Ledger, TargetId } from '../ledger/ledger.ts'
import type { MaybeSet } from '../lib/maybe-set.ts'
import type { Result } from '../model/outcome.ts'
import type { DeleteStep, Removal } from '../model/step.ts'
import { halt, INTERRUPTED, type Lane } from './lane.ts'
import { knowledgeOfRemoval, remove } from './remove.ts'
import { masked, notReplaced, skipped } from './results.ts'
import type { Settled } from './settle.ts'

export interface Removing {
  readonly journal: Journal
  readonly ledger: Ledger
  readonly id: TargetId
  readonly stop: AbortSignal
  /** Why nothing is removed, or null. */
  readonly withheld: string | null
  /**
   * Codes of which something has not arrived: where the address of an image makes its key, what is to be removed may be all that a
   * product has. A stranger that is taken for one of them stays until the next push, no more.
   */
  readonly missing: MaybeSet
}

/** Adds the codes of items that have not arrived. */
export function noteMissing({ steps, results }: Settled, missing: MaybeSet): void {
  for (const [at, { item }] of steps.entries()) {
    const result = results[at]
    if (result !== undefined && !isThere(result)) missing.add(item.code)
  }
}

function isThere({ status }: Result): boolean {
  return status !== 'failed' && status !== 'unknown' && status !== 'skipped'
}

/** Removes what may go, and settles all of it: one result per step, in order. */
export async function sendRemoval(removal: Removal, lane: Lane, removing: Removing): Promise<readonly Result[]> {
  const { journal, ledger, id, stop, withheld, missing } = removing
  if (withheld !== null) {
    const results = removal.steps.map(() => skipped('max-delete', withheld))
    journal.settle(id, removal, results, { holds: [], doubts: [] })
    return results
  }
  if (stop.aborted) halt(lane, INTERRUPTED)
  const waits = ({ item }: DeleteStep): boolean => lane.halted === null && missing.has(item.code)
  const waiting = new Set(removal.steps.filter(waits))
  const going = removal.steps.filter(step => !waiting.has(step))
  if (lane.halted === null && going.length > 0) journal.begin(id, removal)
  const removed = going.length === 0 ? [] : await remove({ ...removal, steps: going }, lane)
  const rest = removed.values()
  const results = removal.steps.flatMap(step => (waiting.has(step) ? notReplaced() : (rest.next().value ?? [])))
  const told = results.map(result => masked(result, lane))
  journal.settle(id, removal, told, knowledgeOfRemoval(removal.steps, told, ledger, id))
  return told
}
