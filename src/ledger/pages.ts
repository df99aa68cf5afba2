import type { Sqlite, SqlRow } from '../lib/sqlite.ts'
import type { Result } from '../model/outcome.ts'
import type { Action, Batch, Page, Removal, Step } from '../model/step.ts'
import { checksum } from './checksum.ts'
import { bytesOf, decode, textIn } from './decode.ts'
import type { TargetId } from './identity.ts'
import { pack } from './packed.ts'
import { lengthened, shortened } from './result-list.ts'
import { bodyCells, type Head, headCells, headOf, stepOf } from './step-list.ts'
import { damaged } from './unusable.ts'

/** Where a page is: what its checksums are bound to. */
export type PageId = readonly [run: number, target: TargetId, action: Action, no: number]

export const THIS_PAGE = 'WHERE run = ? AND target = ? AND action = ? AND no = ?'
/** Read by one query: most of its time goes into calling. */
const PAGES_AT_ONCE = 16
const INSERT = 'INSERT INTO page (run, target, action, no, state) VALUES (?, ?, ?, ?, ?)'
const CONTENT = `INSERT INTO content (run, target, action, no, items, remarks, heads, heads_sum, bodies, bodies_sum)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`
const HEADS = `SELECT no, state = 'inflight' AS is_inflight, remarks, CAST(heads AS BLOB) AS heads, heads_sum, CAST(results AS BLOB) AS results, results_sum
  FROM page JOIN content USING (run, target, action, no) WHERE run = ? AND target = ? AND action = ?`
const NEXT_HEADS = `${HEADS} AND no > ? ORDER BY no LIMIT ${PAGES_AT_ONCE}`
const STEPS =
  'SELECT no, CAST(heads AS BLOB) AS heads, heads_sum, CAST(bodies AS BLOB) AS bodies, bodies_sum FROM content'
const THESE_STEPS = `${STEPS} ${THIS_PAGE}`
const NEXT_STEPS = `${STEPS} WHERE run = ? AND target = ? AND action = ? AND no > ? ORDER BY no LIMIT ${PAGES_AT_ONCE}`

/** The rows of a page as it was planned. Part of the caller's transaction. */
export function insertPage(database: Sqlite, run: number, target: TargetId, planned: Batch | Removal | Page): void {
  const { action, no, steps } = planned
  const id: PageId = [run, target, action, no]
  const place = placeOf(id)
  const isSent = action !== 'unchanged' && action !== 'reject'
  const heads = pack(steps.map(headCells))
  const bodies = isSent ? pack(steps.map(bodyCells)) : null
  const remarks = steps.filter(saysSomething).length
  database.run(INSERT, ...id, isSent ? 'planned' : 'done')
  const sums = [checksum(place, heads), bodies === null ? null : checksum(place, bodies)] as const
  database.run(CONTENT, ...id, steps.length, remarks, heads, sums[0], bodies, sums[1])
}

/** An unchanged item that lost an image. */
function saysSomething(step: Step): boolean {
  return step.action === 'unchanged' && step.dropped !== null
}

/** In the order of their numbers, with what becomes of their steps. */
export function* pages(database: Sqlite, run: number, target: TargetId, action: Action): Generator<PageRow> {
  for (const row of inOrder(database, NEXT_HEADS, run, target, action)) {
    yield { id: [run, target, action, Number(row.no)], row }
  }
}

/** Some rows at a time: a plan may be far larger than memory, and what becomes of it is written while it is walked through. */
function* inOrder(database: Sqlite, sql: string, ...place: readonly (string | number)[]): Generator<SqlRow> {
  let last: SqlRow | undefined
  do {
    const rows = database.all(sql, ...place, Number(last?.no ?? 0))
    yield* rows
    last = rows.at(-1)
  } while (last !== undefined)
}

/** What became of the steps of a page, and what reports tell of them. */
export interface PageRow {
  readonly id: PageId
  readonly row: SqlRow
}

/** Heads and results are as they were written; cheaper than reading them. */
export function isPageIntact({ id, row }: PageRow): boolean {
  const isAs = (cell: SqlRow[string] | undefined, sum: unknown) =>
    cell === null || sum === null || sum === checksum(placeOf(id), bytesOf(cell))
  return isAs(row.heads, row.heads_sum) && isAs(row.results, row.results_sum)
}

/** What `headsOf` is read from: JSON, in which a code is written as JSON writes it. */
export function textOf({ id, row }: PageRow): Buffer {
  return textIn(row.heads, { sum: row.heads_sum, place: placeOf(id) })
}

export function headsOf({ id, row }: PageRow): Head[] {
  return entriesOf(id, row).map(entry => headOf(id[2], entry))
}

/** One per step, as soon as there are any. */
export function resultsOf({ id, row }: PageRow): Result[] {
  const seal = { sum: row.results_sum, place: placeOf(id) }
  if (row.results === null) return []
  const list = decode<Parameters<typeof lengthened>[0]>(row.results, seal)
  if (!Array.isArray(list)) throw damaged('a page in it has lost its results')
  return lengthened(list)
}

/** What `resultsOf` reads: a text, and its checksum. */
export function resultCells(id: PageId, results: readonly Result[]): readonly [text: string, sum: number] {
  const text = JSON.stringify(shortened(results))
  return [text, checksum(placeOf(id), text)]
}

/** The steps of one page; none when there is no such page. */
export function stepsAt(database: Sqlite, id: PageId): Step[] {
  const row = database.get(THESE_STEPS, ...id)
  return row === undefined ? [] : stepsOf(id, row)
}

/** Page by page, in the order of their numbers. */
export function* stepPages(
  database: Sqlite,
  run: number,
  target: TargetId,
  action: Action,
): Generator<{ readonly no: number; readonly steps: Step[] }> {
  for (const row of inOrder(database, NEXT_STEPS, run, target, action)) {
    const no = Number(row.no)
    yield { no, steps: stepsOf([run, target, action, no], row) }
  }
}

function stepsOf(id: PageId, row: SqlRow): Step[] {
  const entries = entriesOf(id, row)
  const seal = { sum: row.bodies_sum, place: placeOf(id) }
  const bodies = row.bodies === null ? [] : decode<Parameters<typeof stepOf>[2][]>(row.bodies, seal)
  return entries.map((entry, at) => stepOf(id[2], entry, bodies[at]))
}

function entriesOf(id: PageId, row: SqlRow): Parameters<typeof headOf>[1][] {
  const entries = decode<Parameters<typeof headOf>[1][]>(row.heads, { sum: row.heads_sum, place: placeOf(id) })
  if (!Array.isArray(entries)) throw damaged('a page in it has lost its steps')
  return entries
}

export function placeOf(id: PageId): string {
  return id.join(' ')
}
