import type { Ledger, TargetIdentity } from '../../ledger/ledger.ts'
import type { RunEntry } from '../../ledger/past.ts'
import { FeedError } from '../../model/errors.ts'
import type { LedgerMark, PlanHeader } from './header.ts'

/** So many runs are certainly kept; of more, one may have been forgotten. */
const RUNS_KEPT = 29

/** Where the ledger stands now; null: it knows no run. What it says of a target changes with runs only. */
export function markOf(ledger: Ledger): LedgerMark | null {
  const [last] = ledger.runs()
  return last === undefined ? null : { run: last.id, finishedAt: last.finishedAt }
}

export function isSameMark(one: LedgerMark | null, other: LedgerMark | null): boolean {
  return one?.run === other?.run && one?.finishedAt === other?.finishedAt
}

/** What is said instead of a plan that the guards held back. */
export function heldBackWords({ id, madeAt }: Pick<PlanHeader, 'id' | 'madeAt'>): string {
  return `The plan ${id}, which was made at ${madeAt}, was not applied; it still can be.`
}

/** The sentence by which the report of a run, and later the ledger, knows the plan that was applied. */
export function appliedWords({ id, madeAt }: Pick<PlanHeader, 'id' | 'madeAt'>): string {
  return `Applied the plan ${id}, which was made at ${madeAt}.`
}

/**
 * Throws when anything may have changed at the plan's targets since it was made. The exit code is that of a feed that was
 * changed: what the plan was made from is not as it was, and the way out is the same.
 */
export function refuseMovedLedger(header: PlanHeader, ledger: Ledger): void {
  const moved = whatMoved(header, ledger)
  if (moved === null) return
  throw new FeedError(`${moved} Nothing was sent.`, { fix: 'Plan again, and look at the new plan.' })
}

function whatMoved(header: PlanHeader, ledger: Ledger): string | null {
  const { ledger: mark, targets } = header
  const runs = ledger.runs()
  const at = mark === null ? runs.length : runs.findIndex(({ id }) => id === mark.run)
  const later = at === -1 ? runs : runs.slice(0, at)
  const says = ({ id }: RunEntry, words: string) =>
    ledger.openRun(id)?.summary?.includes(JSON.stringify(words)) === true
  const since = later.filter(run => !says(run, heldBackWords(header))) // it sent nothing, of this very plan
  const applied = since.find(run => says(run, appliedWords(header)))
  if (applied !== undefined) return `This plan was applied already, by run ${applied.id} (${applied.startedAt}).`
  if (at === -1) return `The ledger does not know run ${mark?.run}, the last one when the plan was made.`
  if (mark !== null && runs[at]?.finishedAt !== mark.finishedAt) {
    return `Run ${mark.run} had not ended when the plan was made; what it left is known only now.`
  }
  const other = since.findLast(({ id }) => wasAt(ledger.openRun(id)?.targets ?? [], targets))
  if (other !== undefined) return changedBy(other)
  return later.length >= RUNS_KEPT
    ? 'So many runs came after the plan was made that not all of them are known any more.'
    : null
}

function wasAt(visited: readonly TargetIdentity[], planned: readonly TargetIdentity[]): boolean {
  return planned.some(({ name, type, origin, account }) =>
    visited.some(
      each => each.name === name && each.type === type && each.origin === origin && each.account === account,
    ),
  )
}

function changedBy({ id, command, startedAt, exitCode }: RunEntry): string {
  const what = `Run ${id} (${command}, ${startedAt}), which came after the plan was made, was at its targets.`
  return exitCode === null ? `${what} It was killed; "assetsync retry" sends what it left.` : what
}
