import { mergeSorted } from '../lib/merge.ts'
import type { Sqlite } from '../lib/sqlite.ts'
import type { Outcome, Result, Which } from '../model/outcome.ts'
import { ACTIONS, type Action } from '../model/step.ts'
import { bytesOf } from './decode.ts'
import type { TargetId } from './identity.ts'
import { headsOf, type PageRow, pages, resultsOf } from './pages.ts'
import type { Head } from './step-list.ts'

/** What was planned for an item and what became of it; null: nothing yet, or nothing was to be done. */
export interface Line {
  readonly head: Head
  /** Number of its batch, removal or page. */
  readonly no: number
  /** Its place on that. */
  readonly at: number
  readonly result: Result | null
}

/** The pages of each action are in the order of the feed; together they are merged into it. */
export function* lines(database: Sqlite, run: number, target: TargetId, which: Which = 'all'): Generator<Line> {
  const streams = ACTIONS.map(action => linesOf(database, run, target, action, which))
  yield* mergeSorted(streams, ({ head }) => head.seq)
}

/** Of pages that have nothing to say not even the text is decoded: there may be a million such items. */
function* linesOf(database: Sqlite, run: number, target: TargetId, action: Action, which: Which): Generator<Line> {
  for (const page of pages(database, run, target, action)) {
    if (which === 'notable' && isSilent(action, page)) continue
    yield* linesOn(page)
  }
}

/** No item of the page has a reason. */
function isSilent(action: Action, { row: { remarks, results } }: PageRow): boolean {
  if (action === 'reject') return false
  if (action === 'unchanged') return remarks === 0
  return results !== null && !bytesOf(results).includes('"reason":"')
}

export function* linesOn(page: PageRow): Generator<Line> {
  const results = resultsOf(page)
  const [, , , no] = page.id
  for (const [at, head] of headsOf(page).entries()) yield { head, no, at, result: results[at] ?? null }
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
export function outcomeOf(target: string, { head, no, result }: Line): Outcome {
  const { code, key, images, source } = head
  switch (head.action) {
    case 'reject':
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
        reason: head.reason,
        message: head.message,
        source,
      }
    case 'unchanged':
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
        remoteId: head.remoteId,
        reason: head.message === null ? null : 'image-dropped',
        message: head.message,
        source,
      }
    default: {
      const { status, attempts, http, requestId, remoteId, reason, message } = result ?? NOT_SETTLED
      return {
        target,
        code,
        key,
        status,
        images,
        attempts,
        batch: no,
        http,
        requestId,
        remoteId,
        reason,
        message,
        source,
      }
    }
  }
}
