import type { Sqlite } from '../lib/sqlite.ts'
import type { FeedSummary } from '../model/report.ts'
import { checksum } from './checksum.ts'
import { bytesOf, decode } from './decode.ts'
import type { TargetId } from './identity.ts'
import { type PageId, placeOf, THIS_PAGE } from './pages.ts'
import { damaged } from './unusable.ts'

/** A run that found nothing to send, and whose plan is the plan of now. */
export interface SameRun {
  readonly id: string
  readonly feed: FeedSummary
  readonly openEnd: boolean | null
}

/** What was planned again, in steps; `remarks`: those of them that have something to say. */
export interface Repeated {
  readonly unchanged: number
  readonly reject: number
  readonly remarks: number
}

/** The last run that planned anything for any of these targets; it planned for no others, and nothing at them is unknown. */
const SAME = `SELECT CAST(json_array(id, open_end, json(summary ->> '$.feed')) AS BLOB) AS found FROM run
  WHERE source = ? AND print = ? AND complete = 1
    AND no = (SELECT max(run) FROM lane WHERE target IN (SELECT value FROM json_each(?)))
    AND (SELECT json_group_array(target) FROM (SELECT target FROM lane WHERE run = run.no ORDER BY target)) = ?
    AND NOT EXISTS (SELECT 1 FROM page WHERE page.run = run.no AND action NOT IN ('unchanged', 'reject'))
    AND NOT EXISTS (SELECT 1 FROM unknown WHERE target IN (SELECT value FROM json_each(?)))`

const PAGES = 'SELECT no FROM page WHERE run = ? AND target = ? AND action = ? ORDER BY no'
const COPY = `INSERT INTO page (run, target, action, no, state) SELECT ?, target, action, no, state FROM page ${THIS_PAGE}`
const COPY_CONTENT = `INSERT INTO content (run, target, action, no, items, remarks, heads, heads_sum)
  SELECT ?, target, action, no, items, remarks, heads, ? FROM content ${THIS_PAGE}`
const CONTENT = `SELECT items, remarks, CAST(heads AS BLOB) AS heads, heads_sum FROM content ${THIS_PAGE}`

/** See `Ledger.same`. */
export function findSame(
  database: Sqlite,
  source: string,
  print: string,
  targets: readonly TargetId[],
): SameRun | null {
  const ids = JSON.stringify([...new Set(targets)].sort((a, b) => a - b))
  const row = database.get(SAME, source, print, ids, ids, ids)
  if (row === undefined) return null
  const [id, openEnd, feed] = decode<[string, number | null, FeedSummary]>(row.found)
  return { id, feed, openEnd: openEnd === null ? null : openEnd === 1 }
}

/** Part of the caller's transaction. See `Journal.repeat`. */
export function repeatPlan(database: Sqlite, from: string, run: number, target: TargetId): Repeated {
  const old = Number(database.get('SELECT no FROM run WHERE id = ?', from)?.no)
  const planned = { unchanged: 0, reject: 0, remarks: 0 }
  for (const action of ['unchanged', 'reject'] as const) {
    for (const row of database.all(PAGES, old, target, action)) {
      const { items, remarks } = copyPage(database, [old, target, action, Number(row.no)], run)
      planned[action] += items
      planned.remarks += remarks
    }
  }
  return planned
}

/** The checksum is bound to the run, so it is made anew, of what is still as it was written. */
function copyPage(database: Sqlite, page: PageId, run: number): { readonly items: number; readonly remarks: number } {
  const [, target, action, no] = page
  const row = database.get(CONTENT, ...page)
  const heads = bytesOf(row?.heads)
  if (row?.heads_sum !== checksum(placeOf(page), heads)) throw damaged('a text in it has changed')
  database.run(COPY, run, ...page)
  database.run(COPY_CONTENT, run, checksum(placeOf([run, target, action, no]), heads), ...page)
  return { items: Number(row.items), remarks: Number(row.remarks) }
}
