import type { Sqlite } from '../lib/sqlite.ts'
import type { Held } from '../model/item.ts'
import type { Result } from '../model/outcome.ts'
import type { DeleteStep, SendStep } from '../model/step.ts'
import { decode, decodeSteps } from './decode.ts'
import { doubtful } from './doubt.ts'
import { readHeld, writeHeld } from './held.ts'
import type { DeadRun, TargetId } from './ledger.ts'

const OPEN_RUNS = `SELECT CAST(json_group_array(json_object('no', no, 'id', id, 'startedAt', started_at)) AS BLOB) AS runs
  FROM (SELECT * FROM run WHERE finished_at IS NULL ORDER BY no)`
const OPEN_PAGES = `SELECT target, action, no, state FROM page
  WHERE run = ? AND state IN ('planned', 'inflight') AND action IN ('create', 'update', 'delete')`
const THIS_PAGE = 'WHERE run = ? AND target = ? AND action = ? AND no = ?'
const STEPS = `SELECT CAST(steps AS BLOB) AS steps FROM page ${THIS_PAGE}`
const CLOSE_PAGE = `UPDATE page SET state = 'done', results = ? ${THIS_PAGE}`

/**
 * Whoever calls this holds the lock, so a run that is still open has been killed. Its batches under way may or may not have
 * arrived: their keys are doubted, which makes the next plan send them again.
 */
export function recoverRuns(database: Sqlite, at: string): DeadRun[] {
  const open = decode<OpenRun[]>(database.get(OPEN_RUNS)?.runs)
  return open.map(run => database.transaction(() => closeRun(database, run, at)))
}

interface OpenRun extends Pick<DeadRun, 'id' | 'startedAt'> {
  readonly no: number
}

function closeRun(database: Sqlite, { no: run, id, startedAt }: OpenRun, at: string): DeadRun {
  const counts = { interrupted: 0, skipped: 0 }
  for (const row of database.all(OPEN_PAGES, run)) {
    const target = Number(row.target)
    const page = [run, target, String(row.action), Number(row.no)]
    // One page at a time: what was planned and never sent may be far larger than memory.
    const steps = decodeSteps<SendStep | DeleteStep>(database.get(STEPS, ...page)?.steps)
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
