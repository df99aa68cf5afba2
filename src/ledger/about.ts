import type { Sqlite } from '../lib/sqlite.ts'
import type { Held } from '../model/item.ts'
import { noTotals } from '../model/outcome.ts'
import type { Step } from '../model/step.ts'
import { decode } from './decode.ts'
import { readHeld } from './held.ts'
import type { TargetId } from './identity.ts'
import { type Line, lines, linesIn, outcomeOf } from './outcomes.ts'
import type { OpenBatch, PastStep, Progress } from './past.ts'

/** Steps are packed, so the pages that can hold a code are found by its text first: reading them all would take minutes. */
const PAGES = `SELECT CAST(json_group_array(json_array(action, no, state)) AS BLOB) AS found FROM page
  JOIN content USING (run, target, action, no) WHERE run = ? AND target = ? AND instr(steps, ?) > 0`
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
  const pages = decode<[string, number, string][]>(
    database.get(PAGES, run, id, `"code":${JSON.stringify(code)}`)?.found,
  )
  const found = pages.flatMap(([action, no, state]) => {
    const page = linesIn(database, [run, id, action, no])
    return page
      .filter(({ step }) => codeOf(step) === code)
      .map(line => ({
        step: line.step,
        outcome: outcomeOf(name, line),
        batchItems: page.length,
        open: isSettled(line) ? null : openBatch(line.step.action, state),
      }))
  })
  return found.toSorted((a, b) => a.step.seq - b.step.seq)
}

/** Nothing is to come of the step any more. */
function isSettled({ step, result }: Line): boolean {
  return result !== null || step.action === 'unchanged' || step.action === 'reject'
}

/** What the ledger says a target holds of a code. */
export function heldOf(database: Sqlite, target: TargetId, code: string): Held[] {
  const keys = decode<string[]>(database.get(KEYS, target, code)?.found)
  return [...readHeld(database, target, keys).values()]
}

/** The batches of a run that have no results, by their numbers. */
export function openBatches(database: Sqlite, run: number, target: TargetId): Map<number, OpenBatch> {
  const rows = decode<[number, string, string][]>(database.get(OPEN, run, target)?.found)
  return new Map(rows.map(([no, action, state]) => [no, openBatch(action, state)]))
}

function openBatch(action: string, state: string): OpenBatch {
  return { isRemoval: action === 'delete', isSent: state === 'inflight' }
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

function codeOf(step: Step): string | null {
  return 'item' in step ? step.item.code : step.code
}
