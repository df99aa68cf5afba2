import { mergeSorted } from '../lib/merge.ts'
import type { Sqlite, SqlRow } from '../lib/sqlite.ts'
import type { Outcome, Result, Which } from '../model/outcome.ts'
import { ACTIONS, type Action, type Step } from '../model/step.ts'
import { bytesOf, decode, decodeSteps } from './decode.ts'
import type { TargetId } from './identity.ts'

const PAGE = `SELECT no, CAST(steps AS BLOB) AS steps, steps_sum, CAST(results AS BLOB) AS results, results_sum
  FROM page JOIN content USING (run, target, action, no) WHERE run = ? AND target = ? AND action = ?`
const NEXT_PAGE = `${PAGE} AND no > ? ORDER BY no LIMIT 1`
const THIS_PAGE = `${PAGE} AND no = ?`

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
export function* lines(database: Sqlite, run: number, target: TargetId, which: Which = 'all'): Generator<Line> {
  const streams = ACTIONS.map(action => linesOf(database, run, target, action, which))
  yield* mergeSorted(streams, ({ step }) => step.seq)
}

/** Of pages that have nothing to say not even the text is decoded: there may be a million such items. */
function* linesOf(database: Sqlite, run: number, target: TargetId, action: Action, which: Which): Generator<Line> {
  for (const { no, row, place } of pages(database, run, target, action)) {
    if (which === 'notable' && isSilent(action, row)) continue
    yield* linesOn(no, row, place)
  }
}

/** No item of the page has a reason. */
function isSilent(action: Action, { steps, results }: SqlRow): boolean {
  if (action === 'reject') return false
  if (action === 'unchanged') return !bytesOf(steps).includes('"dropped":"')
  return results !== null && !bytesOf(results).includes('"reason":"')
}

/** Of one page; none when there is no such page. */
export function linesIn(
  database: Sqlite,
  page: readonly [run: number, target: TargetId, action: string, no: number],
): Line[] {
  const row = database.get(THIS_PAGE, ...page)
  return row === undefined ? [] : [...linesOn(page[3], row, placeOf(...page))]
}

function* linesOn(no: number, row: SqlRow, place: string): Generator<Line> {
  const results = row.results === null ? [] : decode<Result[]>(row.results, { sum: row.results_sum, place })
  for (const [at, step] of decodeSteps(row.steps, { sum: row.steps_sum, place }).entries()) {
    yield { step, no, result: results[at] ?? null }
  }
}

export function* outcomes(
  database: Sqlite,
  run: number,
  target: TargetId,
  name: string,
  which: Which = 'all',
): Generator<Outcome> {
  for (const line of lines(database, run, target, which)) {
    const outcome = outcomeOf(name, line)
    if (which === 'all' || outcome.reason !== null) yield outcome
  }
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

/** Written out, keys in the order that every report promises: there may be a million of them. */
export function outcomeOf(target: string, { step, no, result }: Line): Outcome {
  switch (step.action) {
    case 'reject': {
      const { code, reason, message, source } = step
      return {
        target,
        code,
        key: null,
        status: 'rejected',
        images: 0,
        attempts: 0,
        batch: null,
        http: null,
        requestId: null,
        remoteId: null,
        reason,
        message,
        source,
      }
    }
    case 'unchanged': {
      const { code, key, images, remoteId, dropped, source } = step
      return {
        target,
        code,
        key,
        status: 'unchanged',
        images,
        attempts: 0,
        batch: null,
        http: null,
        requestId: null,
        remoteId,
        reason: dropped === null ? null : 'image-dropped',
        message: dropped,
        source,
      }
    }
    default: {
      const { code, key, gallery } = step.item
      const { status, attempts, http, requestId, remoteId, reason, message } = result ?? NOT_SETTLED
      return {
        target,
        code,
        key,
        status,
        images: gallery.length,
        attempts,
        batch: no,
        http,
        requestId,
        remoteId,
        reason,
        message,
        source: step.source,
      }
    }
  }
}
