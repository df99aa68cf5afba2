import { mergeSorted } from '../lib/merge.ts'
import type { Sqlite, SqlRow } from '../lib/sqlite.ts'
import type { Outcome, Result } from '../model/outcome.ts'
import { ACTIONS, type Action, type Step } from '../model/step.ts'
import { decode, decodeSteps } from './decode.ts'
import type { TargetId } from './identity.ts'

const NEXT_PAGE = `SELECT no, CAST(steps AS BLOB) AS steps, steps_sum, CAST(results AS BLOB) AS results, results_sum
  FROM page WHERE run = ? AND target = ? AND action = ? AND no > ? ORDER BY no LIMIT 1`

/** A planned step and what became of it; null: nothing yet, or nothing was to be done. */
export interface Line {
  readonly step: Step
  /** Number of its batch, removal or page. */
  readonly no: number
  readonly result: Result | null
}

/** One row at a time: a plan may be far larger than memory, and rows change while they are walked through. */
export function* pages(
  database: Sqlite,
  run: number,
  target: TargetId,
  action: Action,
): Generator<{ no: number; row: SqlRow; place: string }> {
  for (let no = 0; ; ) {
    const row = database.get(NEXT_PAGE, run, target, action, no)
    if (row === undefined) return
    no = Number(row.no)
    yield { no, row, place: placeOf(run, target, action, no) }
  }
}

/** What the checksums of a page are bound to. */
export function placeOf(run: number, target: TargetId, action: string, no: number): string {
  return [run, target, action, no].join(' ')
}

/** The pages of each action are in the order of the feed; together they are merged into it. */
export function* lines(database: Sqlite, run: number, target: TargetId): Generator<Line> {
  const streams = ACTIONS.map(action => linesOf(database, run, target, action))
  yield* mergeSorted(streams, ({ step }) => step.seq)
}

function* linesOf(database: Sqlite, run: number, target: TargetId, action: Action): Generator<Line> {
  for (const { no, row, place } of pages(database, run, target, action)) {
    const results = row.results === null ? [] : decode<Result[]>(row.results, { sum: row.results_sum, place })
    for (const [at, step] of decodeSteps(row.steps, { sum: row.steps_sum, place }).entries()) {
      yield { step, no, result: results[at] ?? null }
    }
  }
}

export function* outcomes(database: Sqlite, run: number, target: TargetId, name: string): Generator<Outcome> {
  for (const line of lines(database, run, target)) yield outcomeOf(name, line)
}

export function keyOf(step: Step): string | null {
  switch (step.action) {
    case 'reject':
      return null
    case 'unchanged':
      return step.key
    default:
      return step.item.key
  }
}

/** Only seen when a report is made of a run that never ended. */
const NOT_SETTLED: Result = {
  status: 'skipped',
  attempts: 0,
  http: null,
  requestId: null,
  remoteId: null,
  reason: 'interrupted',
  message: 'The run ended before this was settled.',
}

function outcomeOf(target: string, { step, no, result }: Line): Outcome {
  const base = { target, attempts: 0, batch: null, http: null, requestId: null, remoteId: null, source: step.source }
  switch (step.action) {
    case 'reject':
      return ordered({
        ...base,
        code: step.code,
        key: null,
        status: 'rejected',
        images: 0,
        reason: step.reason,
        message: step.message,
      })
    case 'unchanged': {
      const { code, key, images, remoteId, dropped } = step
      const reason = dropped === null ? null : 'image-dropped'
      return ordered({ ...base, code, key, status: 'unchanged', images, remoteId, reason, message: dropped })
    }
    default: {
      const { code, key, gallery } = step.item
      return ordered({ ...base, ...(result ?? NOT_SETTLED), code, key, images: gallery.length, batch: no })
    }
  }
}

/** The keys in the order that every report promises. */
function ordered(outcome: Outcome): Outcome {
  const { target, code, key, status, images, attempts, batch, http, requestId, remoteId, reason, message, source } =
    outcome
  return { target, code, key, status, images, attempts, batch, http, requestId, remoteId, reason, message, source }
}
