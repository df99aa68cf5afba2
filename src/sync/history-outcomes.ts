import type { TargetId, TargetIdentity } from '../ledger/ledger.ts'
import type { OpenBatch, PastRun } from '../ledger/past.ts'
import { countItems, noTotals, type Outcome, type Totals, type Which } from '../model/outcome.ts'
import { targetOfType } from '../targets/index.ts'

export type PastTarget = TargetIdentity & { readonly id: TargetId }

/**
 * The outcomes of a run that was killed, whether a later run has found it or not. What was being sent then may have arrived:
 * it is told as the next run will tell it.
 */
export function* outcomesOf(past: PastRun, target: PastTarget, which?: Which): Generator<Outcome> {
  const open = past.openBatches(target.id)
  for (const outcome of past.outcomes(target.id, target.name, which)) {
    const batch = outcome.batch === null ? undefined : open.get(outcome.batch)
    yield batch === undefined ? outcome : interrupted(outcome, target, batch)
  }
}

/** The outcome of an item whose batch has no results, because the run was killed. */
export function interrupted(outcome: Outcome, { type }: Pick<TargetIdentity, 'type'>, batch: OpenBatch): Outcome {
  if (!batch.isSent) return { ...outcome, message: 'The run was killed before this was sent.' }
  const mayDouble = targetOfType(type)?.searched === true && !batch.isRemoval
  const message = `The run was killed while this was being sent${mayDouble ? ', and sending it again could make a second one' : ''}.`
  return { ...outcome, status: mayDouble ? 'unknown' : 'failed', attempts: 1, message }
}

/** The outcome of an item whose batch has no results, because the run is still going on. */
export function underWay(outcome: Outcome, { isSent }: OpenBatch): Outcome {
  const now = isSent ? 'this is being sent' : 'this waits for its turn'
  return { ...outcome, reason: 'under-way', message: `The run is still going on: ${now}.` }
}

/** How many lines there are of each status. */
export function totalsOf(outcomes: Iterable<Outcome>): { readonly totals: Totals; readonly items: number } {
  const totals = noTotals()
  for (const { status } of outcomes) totals[status]++
  return { totals, items: countItems(totals) }
}
