import type { Sqlite } from '../lib/sqlite.ts'
import { LedgerError } from '../model/errors.ts'
import type { Result } from '../model/outcome.ts'
import type { FeedSummary } from '../model/report.ts'
import { decode } from './decode.ts'
import type { TargetId } from './identity.ts'
import { resultsOf } from './pages.ts'

/** A run that left nothing to do, and whose feed and targets are those of now. */
export interface SameRun {
  readonly id: string
  readonly feed: FeedSummary
  readonly openEnd: boolean | null
  /** It left things at the targets that may have to be removed by now. */
  readonly hasSpared: boolean
}

/**
 * The last run that planned anything for any of these targets (`sortedIds`, three times); it planned for no others, removed
 * nothing, and nothing at them is unknown.
 */
export const OF_LAST_RUN = `complete = 1
    AND run.no = (SELECT max(run) FROM lane WHERE target IN (SELECT value FROM json_each(?)))
    AND (SELECT json_group_array(target) FROM (SELECT target FROM lane WHERE lane.run = run.no ORDER BY target)) = ?
    AND NOT EXISTS (SELECT 1 FROM page WHERE page.run = run.no AND action = 'delete')
    AND NOT EXISTS (SELECT 1 FROM unknown WHERE target IN (SELECT value FROM json_each(?)))`
const SAME = `SELECT no, CAST(json_array(id, open_end, json(summary ->> '$.feed'),
    EXISTS (SELECT 1 FROM spared WHERE spared.run = run.no)) AS BLOB) AS found FROM run
  WHERE source = ? AND print = ? AND ${OF_LAST_RUN}`

const RESULTS = `SELECT no, CAST(results AS BLOB) AS results, results_sum FROM page
  WHERE run = ? AND target = ? AND action = ? AND no > ? ORDER BY no LIMIT 1`

/** See `Ledger.same`. */
export function findSame(
  database: Sqlite,
  source: string,
  print: string,
  targets: readonly TargetId[],
): SameRun | null {
  const ids = sortedIds(targets)
  const row = database.get(SAME, source, print, ids, ids, ids)
  if (row === undefined || !targets.every(target => wentWell(database, Number(row.no), target))) return null
  const [id, openEnd, feed, hasSpared] = decode<[string, number | null, FeedSummary, number]>(row.found)
  return { id, feed, openEnd: openEnd === null ? null : openEnd === 1, hasSpared: hasSpared === 1 }
}

/** As a text that can be compared. */
export function sortedIds(targets: readonly TargetId[]): string {
  return JSON.stringify([...new Set(targets)].sort((a, b) => a - b))
}

/** What was sent is held by the target now as it was sent, without exception. What cannot be read is not known to be. */
function wentWell(database: Sqlite, run: number, target: TargetId): boolean {
  try {
    return isAllWell(database, run, target)
  } catch (error) {
    if (error instanceof LedgerError) return false
    throw error
  }
}

function isAllWell(database: Sqlite, run: number, target: TargetId): boolean {
  for (const action of ['create', 'update'] as const) {
    for (let no = 0; ; ) {
      const row = database.get(RESULTS, run, target, action, no)
      if (row === undefined) break
      no = Number(row.no)
      const results = resultsOf({ id: [run, target, action, no], row })
      if (results.length === 0 || !results.every(isWell)) return false
    }
  }
  return true
}

/** The target holds it now as it was sent, and there is nothing to say about it. */
export function isWell({ status, reason }: Result): boolean {
  return (status === 'created' || status === 'updated') && reason === null
}
