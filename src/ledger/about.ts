import type { Sqlite } from '../lib/sqlite.ts'
import type { Held } from '../model/item.ts'
import { noTotals } from '../model/outcome.ts'
import { ACTIONS } from '../model/step.ts'
import { decode } from './decode.ts'
import { readHeld } from './held.ts'
import type { TargetId } from './identity.ts'
import { type Line, lines, linesOn, outcomeOf } from './outcomes.ts'
import { type PageRow, pages, stepsAt, textOf } from './pages.ts'
import type { OpenBatch, PastStep, Progress } from './past.ts'

const KEYS = 'SELECT CAST(json_group_array(key) AS BLOB) AS found FROM held WHERE target = ? AND code = ?'
const OPEN = `SELECT CAST(json_group_array(json_array(no, action, state)) AS BLOB) AS found FROM page
  WHERE run = ? AND target = ? AND state <> 'done'`
const LAST_REQUEST = 'SELECT CAST(json_array(max(at)) AS BLOB) AS found FROM attempt WHERE run = ?'

/** What a run planned for the items of a code at a target, and what became of them; in the order of the feed. */
export function stepsAbout(
  database: Sqlite,
  run: number,
  { id, name }: { readonly id: TargetId; readonly name: string },
  code: string,
): PastStep[] {
  const found = [...pagesAbout(database, run, id, code)].flatMap(page => {
    const steps = stepsAt(database, page.id)
    return [...linesOn(page)].flatMap(line => {
      const step = steps[line.at]
      if (step === undefined || line.head.code !== code) return []
      const open = isSettled(line) ? null : openBatch(step.action, page.row.is_inflight === 1)
      return [{ step, outcome: outcomeOf(name, line), batchItems: steps.length, open }]
    })
  })
  return found.toSorted((a, b) => a.step.seq - b.step.seq)
}

/** Found by its text before anything is read as JSON: all of that would take minutes. */
function* pagesAbout(database: Sqlite, run: number, target: TargetId, code: string): Generator<PageRow> {
  const text = JSON.stringify(code)
  for (const action of ACTIONS) {
    for (const page of pages(database, run, target, action)) {
      if (textOf(page).includes(text)) yield page
    }
  }
}

/** Nothing is to come of the item any more. */
function isSettled({ head, result }: Line): boolean {
  return result !== null || head.action === 'unchanged' || head.action === 'reject'
}

/** What the ledger says a target holds of a code. */
export function heldOf(database: Sqlite, target: TargetId, code: string): Held[] {
  const keys = decode<string[]>(database.get(KEYS, target, code)?.found)
  return [...readHeld(database, target, keys).values()]
}

/** The batches of a run that have no results, by their numbers. */
export function openBatches(database: Sqlite, run: number, target: TargetId): Map<number, OpenBatch> {
  const rows = decode<[number, string, string][]>(database.get(OPEN, run, target)?.found)
  return new Map(rows.map(([no, action, state]) => [no, openBatch(action, state === 'inflight')]))
}

function openBatch(action: string, isSent: boolean): OpenBatch {
  return { isRemoval: action === 'delete', isSent }
}

/** How far a run is at a target. A page is read once, so that what is settled meanwhile is not taken for lost. */
export function progressOf(database: Sqlite, run: number, target: TargetId): Progress {
  const progress = { items: 0, settled: noTotals() }
  for (const line of lines(database, run, target)) {
    progress.items++
    if (isSettled(line)) progress.settled[outcomeOf('', line).status]++
  }
  return progress
}

/** When the last request of a run was started, ISO 8601; null: none is noted. */
export function lastRequest(database: Sqlite, run: number): string | null {
  const [at = null] = decode<(string | null)[]>(database.get(LAST_REQUEST, run)?.found)
  return at
}
