import { plural } from '../lib/text.ts'
import { EXIT } from '../model/exit.ts'
import { noTotals, type Result, type Totals } from '../model/outcome.ts'
import { type Halt, halt, type Lane } from './lane.ts'
import { allowed } from './limit.ts'
import type { Plan } from './plan-into.ts'
import { NOT_REPLACED } from './results.ts'

const MAX_FAILURES = 'max-failures'

/** The counts so far of everything that has been settled. */
export interface Tally {
  readonly totals: Totals
  /** Items that are well but for an image that was left out. */
  remarks: number
  /** Of those that failed, removals that wait for another item of their product: it is that item which failed. */
  waiting: number
}

export function newTally({ actions, remarks }: Plan): Tally {
  return { totals: { ...noTotals(), unchanged: actions.unchanged, rejected: actions.reject }, remarks, waiting: 0 }
}

/**
 * Counts what has been settled, and halts the lane once more has failed than may.
 *
 * @param pending how many more items than before are taken and not settled yet
 */
export function count(results: readonly Result[], tally: Tally, lane: Lane, pending = 0): void {
  const { totals } = tally
  const counts: Partial<Totals> = {}
  for (const { status, reason } of results) {
    totals[status]++
    counts[status] = (counts[status] ?? 0) + 1
    if (reason === 'image-dropped') tally.remarks++
    if (reason === NOT_REPLACED && status === 'failed') tally.waiting++
  }
  lane.listen({ type: 'settled', target: lane.name, counts, ...(pending !== 0 && { pending }) })
  const limit = lane.maxFailures
  if (limit === null || totals.failed - tally.waiting <= allowed(limit, lane.planned)) return
  halt(lane, {
    exit: EXIT.limit,
    rest: 'skipped',
    reason: MAX_FAILURES,
    message: `More items failed than --max-failures allows (${allowed(limit, lane.planned)}).`,
  })
}

/**
 * Requests that were under way when the limit was crossed have ended since: what they came to counts too. Where nothing was left to
 * hold back, the items tell by themselves how the run went.
 */
export function haltInTheEnd({ halted, maxFailures, planned }: Lane, { totals, waiting }: Tally): Halt | null {
  if (halted?.reason !== MAX_FAILURES || maxFailures === null) return halted
  const count = `${plural(totals.failed - waiting, 'item')} failed, --max-failures allows ${allowed(maxFailures, planned)}.`
  if (totals.skipped > 0) return { ...halted, message: `${count} The rest was not sent.` }
  return { ...halted, exit: EXIT.ok, message: `${count} Nothing was left to hold back.` }
}
