import type { Journal, Ledger, TargetId } from '../ledger/ledger.ts'
import { MaybeSet } from '../lib/maybe-set.ts'
import type { Result } from '../model/outcome.ts'
import type { DeleteStep, Removal } from '../model/step.ts'
import { halt, INTERRUPTED, type Lane } from './lane.ts'
import { knowledgeOfRemoval, remove } from './remove.ts'
import { masked, notReplaced, PROCESSING, replacedSoon, skipped } from './results.ts'
import type { Settled } from './settle.ts'

export interface Removing {
  readonly journal: Journal
  readonly ledger: Ledger
  readonly id: TargetId
  readonly stop: AbortSignal
  /** Why nothing is removed, or null. */
  readonly withheld: string | null
  readonly missing: Missing
}

/**
 * Codes of which something is not there: where the address of an image makes its key, what is to be removed may be all that a
 * product has. A stranger that is taken for one of them stays until the next push, no more.
 */
export class Missing {
  readonly #notArrived = new MaybeSet()
  readonly #inWork = new MaybeSet()

  add(code: string): void {
    this.#notArrived.add(code)
  }

  /** Adds the codes of items that have not arrived, or that the target is still at. */
  note({ steps, results }: Settled): void {
    for (const [at, { item }] of steps.entries()) {
      const { status, reason } = results[at] ?? {}
      if (status === 'failed' || status === 'unknown' || status === 'skipped') this.#notArrived.add(item.code)
      if (status === 'accepted' && reason === PROCESSING) this.#inWork.add(item.code)
    }
  }

  /** What becomes of a removal that has to wait, or null. */
  resultFor({ item: { code } }: DeleteStep): Result | null {
    if (this.#notArrived.has(code)) return notReplaced()
    return this.#inWork.has(code) ? replacedSoon() : null
  }
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
  const waiting = removal.steps.map(step => (lane.halted === null ? missing.resultFor(step) : null))
  const going = removal.steps.filter((_, at) => waiting[at] === null)
  if (lane.halted === null && going.length > 0) journal.begin(id, removal)
  const removed = going.length === 0 ? [] : await remove({ ...removal, steps: going }, lane)
  const rest = removed.values()
  const results = waiting.flatMap(result => result ?? rest.next().value ?? [])
  const told = results.map(result => masked(result, lane))
  journal.settle(id, removal, told, knowledgeOfRemoval(removal.steps, told, ledger, id))
  return told
}
