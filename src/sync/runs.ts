import type { PastRun, RunEntry } from '../ledger/past.ts'
import type { Clock } from '../lib/clock.ts'
import { EXIT } from '../model/exit.ts'
import type { ListedRun, ListedTarget, RunState, RunsReport } from '../model/history.ts'
import { noTotals, STATUSES, type Totals } from '../model/outcome.ts'
import { iso } from './header.ts'
import { type History, openHistory } from './history.ts'
import { outcomesOf, totalsOf } from './history-outcomes.ts'

/** What a command that only looks back needs to know. */
export interface HistoryRequest {
  /** Folder of the ledger. */
  readonly state: string
  readonly clock: Clock
}

/** The kept runs, read from the ledger alone. */
export function runs({ state, clock }: HistoryRequest): RunsReport {
  const history = openHistory(state)
  try {
    return {
      kind: 'runs',
      at: iso(clock.wall()),
      ledger: state,
      runs: history?.runs.map(run => listedRun(run, history)) ?? [],
      notices: [...(history?.ledger.warnings ?? []), ...preparing(history)],
      next: null,
      exitCode: EXIT.ok,
    }
  } finally {
    history?.ledger.close()
  }
}

/** A run is in the ledger when its feed was read; before that only its lock tells of it. */
function preparing(history: History | null): string[] {
  const [newest] = history?.runs ?? []
  const holder = history?.holder ?? null
  if (holder === null || (newest !== undefined && history?.stateOf(newest) === 'under-way')) return []
  const since = holder.since === '' ? '' : ` since ${holder.since}`
  return [`${holder.command || 'A run'} is getting ready${since}: it has no id yet.`]
}

function listedRun(run: RunEntry, { ledger, stateOf }: History): ListedRun {
  const { id, command, source, startedAt, version, exitCode } = run
  const state = stateOf(run)
  const finishedAt = state === 'finished' ? run.finishedAt : null
  const targets = state === 'finished' ? run.targets : countedTargets(ledger.openRun(id), state)
  return {
    id,
    command,
    source,
    state,
    startedAt,
    finishedAt,
    durationMs: finishedAt === null ? null : Date.parse(finishedAt) - Date.parse(startedAt),
    exitCode,
    items: targets.reduce((sum, { items }) => sum + items, 0),
    totals: added(targets),
    targets: targets.map(({ name, type, items, totals }) => ({ name, type, items, totals })),
    version,
  }
}

/** A run without an end has no summary: what it did is counted. */
function countedTargets(past: PastRun | null, state: RunState): ListedTarget[] {
  if (past === null) return []
  return past.targets.map(target => {
    const { name, type, id } = target
    if (state === 'killed') return { name, type, ...totalsOf(outcomesOf(past, target)) }
    const { items, settled } = past.progress(id)
    return { name, type, items, totals: settled }
  })
}

function added(targets: readonly Pick<ListedTarget, 'totals'>[]): Totals {
  const sum = noTotals()
  for (const { totals } of targets) for (const status of STATUSES) sum[status] += totals[status]
  return sum
}
