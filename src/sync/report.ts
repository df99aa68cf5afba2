import type { PastRun } from '../ledger/past.ts'
import { LedgerError, UsageError } from '../model/errors.ts'
import { EXIT } from '../model/exit.ts'
import type { Outcome } from '../model/outcome.ts'
import type { FeedSummary, Report, TargetSummary } from '../model/report.ts'
import { type History, openHistory, runNamed } from './history.ts'
import { outcomesOf, type PastTarget, totalsOf } from './history-outcomes.ts'
import type { Opened } from './request.ts'
import type { HistoryRequest } from './runs.ts'

export interface ReportRequest extends HistoryRequest {
  /** Id of the run, or the beginning of it; null: the last one that is not under way. */
  readonly run: string | null
}

/** The report of a kept run, as the run itself gave it; of one that was killed, what its journal knows. */
export function report({ state, run }: ReportRequest): Opened<Report> {
  const history = openHistory(state)
  if (history === null) throw noRun(run)
  const { ledger } = history
  try {
    const past = ledger.openRun(idOf(run, history))
    if (past === null) throw noRun(run) // a run that began meanwhile has made it the oldest of too many
    const document = past.summary === null ? killedReport(past) : finishedReport(past, past.summary)
    return { document, close: async () => ledger.close() }
  } catch (error) {
    ledger.close()
    throw error
  }
}

function idOf(wanted: string | null, { runs, stateOf }: History): string {
  const ended = runs.filter(each => stateOf(each) !== 'under-way')
  if (wanted === null) {
    const [last] = ended
    if (last !== undefined) return last.id
    throw runs.length > 0 ? notYet(runs[0]?.id ?? '') : noRun(null)
  }
  const id = runNamed(wanted, runs)
  if (!ended.some(each => each.id === id)) throw notYet(id)
  return id
}

function noRun(wanted: string | null): UsageError {
  const what = wanted === null ? 'There is no run to report.' : `There is no run "${wanted}".`
  return new UsageError(what, { fix: 'There is none yet: push a feed first.' })
}

function notYet(id: string): LedgerError {
  return new LedgerError(`The run ${id} is still going on, so it has no report yet.`, {
    exit: EXIT.locked,
    fix: 'Wait until it ends; "assetsync runs" shows how far it is.',
  })
}

/** The summary is what the run reported; its lines are in the journal. */
function finishedReport(past: PastRun, summary: string): Report {
  const document: Omit<Report, 'kind' | 'outcomes'> = JSON.parse(summary)
  return {
    kind: 'report',
    ...document,
    *outcomes(which): Generator<Outcome> {
      for (const { name } of document.targets) {
        const target = past.targets.find(each => each.name === name)
        if (target !== undefined) yield* past.outcomes(target.id, name, which)
      }
    },
  }
}

const NO_FEED: FeedSummary = {
  files: [],
  records: 0,
  products: 0,
  images: 0,
  rejected: 0,
  withoutImages: 0,
  warnings: [],
}

/** As a shell tells of a process that was ended by SIGKILL. */
const KILLED = 128 + 9

function killedReport(past: PastRun): Report {
  const { id, command, version, startedAt, source } = past.entry
  const finishedAt = past.lastRequest() ?? startedAt
  return {
    kind: 'report',
    run: { id, command, version, startedAt, finishedAt },
    feed: NO_FEED,
    targets: past.targets.map(target => countedTarget(past, target, Date.parse(finishedAt) - Date.parse(startedAt))),
    notices: [
      `The run was killed, so this was counted from its journal. Not known are the records of its feed (${source}), its retries and the bytes it sent. Its last request stands for its end.`,
    ],
    exitCode: KILLED,
    *outcomes(which): Generator<Outcome> {
      for (const target of past.targets) yield* outcomesOf(past, target, which)
    },
  }
}

function countedTarget(past: PastRun, target: PastTarget, durationMs: number): TargetSummary {
  const requests = { all: 0, throttled: 0 }
  for (const { http } of past.attempts(target.id)) {
    requests.all++
    if (http === 429) requests.throttled++
  }
  return {
    name: target.name,
    type: target.type,
    ...totalsOf(outcomesOf(past, target)),
    requests: requests.all,
    retries: 0,
    throttled: requests.throttled,
    bytesSent: 0,
    durationMs,
    endpoint: target.origin,
  }
}
