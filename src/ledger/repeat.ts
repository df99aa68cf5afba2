import { chunks } from '../lib/chunks.ts'
import type { Sqlite } from '../lib/sqlite.ts'
import { type Action, STEPS_PER_PAGE } from '../model/step.ts'
import { checksum } from './checksum.ts'
import { bytesOf } from './decode.ts'
import type { TargetId } from './identity.ts'
import { insertPage, type PageId, placeOf, THIS_PAGE } from './pages.ts'
import { unchangedSteps } from './unchanged.ts'
import { damaged } from './unusable.ts'

const SENDS = `SELECT 1 FROM page WHERE run = ? AND target = ? AND action IN ('create', 'update') LIMIT 1`
const PAGES = 'SELECT no FROM page WHERE run = ? AND target = ? AND action = ? ORDER BY no'
const COPY = `INSERT INTO page (run, target, action, no, state) SELECT ?, target, action, no, state FROM page ${THIS_PAGE}`
const COPY_CONTENT = `INSERT INTO content (run, target, action, no, items, remarks, heads, heads_sum)
  SELECT ?, target, action, no, items, remarks, heads, ? FROM content ${THIS_PAGE}`
const CONTENT = `SELECT items, remarks, CAST(heads AS BLOB) AS heads, heads_sum FROM content ${THIS_PAGE}`

/** What was planned again, in steps; `remarks`: those of them that have something to say. */
export interface Repeated {
  readonly unchanged: number
  readonly reject: number
  readonly remarks: number
}

/** Part of the caller's transaction. See `Journal.repeat`. */
export function repeatPlan(database: Sqlite, from: string, run: number, target: TargetId): Repeated {
  const old = Number(database.get('SELECT no FROM run WHERE id = ?', from)?.no)
  const sends = database.get(SENDS, old, target) !== undefined
  const unchanged = sends
    ? planUnchanged(database, old, run, target)
    : copyPages(database, [old, target, 'unchanged'], run)
  const rejected = copyPages(database, [old, target, 'reject'], run)
  return { unchanged: unchanged.items, reject: rejected.items, remarks: unchanged.remarks }
}

interface Planned {
  readonly items: number
  readonly remarks: number
}

/** What was sent then is unchanged now, like what was unchanged already. */
function planUnchanged(database: Sqlite, old: number, run: number, target: TargetId): Planned {
  const planned = { items: 0, remarks: 0 }
  let no = 0
  for (const steps of chunks(unchangedSteps(database, old, target), STEPS_PER_PAGE)) {
    insertPage(database, run, target, { action: 'unchanged', no: ++no, steps })
    planned.items += steps.length
    planned.remarks += steps.filter(({ dropped }) => dropped !== null).length
  }
  return planned
}

function copyPages(database: Sqlite, [old, target, action]: readonly [number, TargetId, Action], run: number): Planned {
  const planned = { items: 0, remarks: 0 }
  for (const row of database.all(PAGES, old, target, action)) {
    const { items, remarks } = copyPage(database, [old, target, action, Number(row.no)], run)
    planned.items += items
    planned.remarks += remarks
  }
  return planned
}

/** The checksum is bound to the run, so it is made anew, of what is still as it was written. */
function copyPage(database: Sqlite, page: PageId, run: number): Planned {
  const [, target, action, no] = page
  const row = database.get(CONTENT, ...page)
  const heads = bytesOf(row?.heads)
  if (row?.heads_sum !== checksum(placeOf(page), heads)) throw damaged('a text in it has changed')
  database.run(COPY, run, ...page)
  database.run(COPY_CONTENT, run, checksum(placeOf([run, target, action, no]), heads), ...page)
  return { items: Number(row.items), remarks: Number(row.remarks) }
}
