import type { Sqlite } from '../lib/sqlite.ts'
import type { Held } from '../model/item.ts'
import type { Result } from '../model/outcome.ts'
import type { DeleteStep, SendStep } from '../model/step.ts'
import { decode } from './decode.ts'
import { doubtful } from './doubt.ts'
import { readHeld, writeHeld } from './held.ts'
import type { DeadRun, TargetId } from './ledger.ts'

const OPEN_PAGES = "SELECT target, action, no, state FROM page WHERE run = ? AND state IN ('planned', 'inflight')"
const THIS_PAGE = 'WHERE run = ? AND target = ? AND action = ? AND no = ?'
const CLOSE_PAGE = `UPDATE page SET state = 'done', results = ? ${THIS_PAGE}`

/**
 * Whoever calls this holds the lock, so a run that is still open has been killed. Its batches under way may or may not have
 * arrived: their keys are doubted, which makes the next plan send them again.
 */
export function recoverRuns(database: Sqlite, at: string): DeadRun[] {
  return database
    .all('SELECT no, id, started_at FROM run WHERE finished_at IS NULL ORDER BY no')
    .map(run =>
      database.transaction(() => closeRun(database, Number(run.no), String(run.id), String(run.started_at), at)),
    )
}

function closeRun(database: Sqlite, run: number, id: string, startedAt: string, at: string): DeadRun {
  const counts = { interrupted: 0, skipped: 0 }
  for (const row of database.all(OPEN_PAGES, run)) {
    const target = Number(row.target)
    const page = [run, target, String(row.action), Number(row.no)]
    // One page at a time: what was planned and never sent may be far larger than memory.
    const steps = decode<(SendStep | DeleteStep)[]>(
      String(database.get(`SELECT steps FROM page ${THIS_PAGE}`, ...page)?.steps),
    )
    const inflight = row.state === 'inflight'
    counts[inflight ? 'interrupted' : 'skipped'] += steps.length
    if (inflight) writeHeld(database, target, { holds: [], doubts: doubted(database, target, steps) })
    const result = inflight ? INTERRUPTED : SKIPPED
    database.run(CLOSE_PAGE, JSON.stringify(steps.map(() => result)), ...page)
  }
  database.run('UPDATE run SET finished_at = ?, complete = 0 WHERE no = ?', at, run)
  return { id, startedAt, ...counts }
}

function doubted(database: Sqlite, target: TargetId, steps: readonly (SendStep | DeleteStep)[]): Held[] {
  const known = readHeld(
    database,
    target,
    steps.map(({ item }) => item.key),
  )
  return steps.flatMap(({ item }) => {
    const before = known.get(item.key)
    return before === undefined ? [] : [doubtful(before, item.gallery)]
  })
}

const NOTHING = { http: null, requestId: null, remoteId: null, reason: 'interrupted' }
const INTERRUPTED: Result = {
  ...NOTHING,
  status: 'failed',
  attempts: 1,
  message: 'The run was killed while this was being sent. The next push sends it again.',
}
const SKIPPED: Result = {
  ...NOTHING,
  status: 'skipped',
  attempts: 0,
  message: 'The run was killed before this was sent.',
}
