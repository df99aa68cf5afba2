import type { Sqlite } from '../lib/sqlite.ts'
import type { Held } from '../model/item.ts'
import type { Result } from '../model/outcome.ts'
import { ACTIONS, type DeleteStep, isDelete, isSend, type SendStep } from '../model/step.ts'
import { decode } from './decode.ts'
import { doubtful } from './doubt.ts'
import { readHeld, writeHeld } from './held.ts'
import type { DeadRun, TargetId } from './ledger.ts'
import { type PageId, resultCells, stepsAt, THIS_PAGE } from './pages.ts'
import { targetsOf } from './targets.ts'
import { endUnknown, writeUnknown } from './unknown.ts'
import { damaged } from './unusable.ts'

const OPEN_RUNS = `SELECT CAST(json_group_array(json_object('no', no, 'id', id, 'startedAt', started_at)) AS BLOB) AS runs
  FROM (SELECT * FROM run WHERE finished_at IS NULL ORDER BY no)`
const OPEN_PAGES = `SELECT target, no, CAST(json_array(action, state) AS BLOB) AS words FROM page
  WHERE run = ? AND state <> 'done'`
/** Batches that are not as they were planned any more. */
const BEGUN = `SELECT 1 FROM page WHERE run = ? AND target = ? AND action IN ('create', 'update') AND state <> 'planned' LIMIT 1`
const CLOSE_PAGE = `UPDATE page SET state = 'done', results = ?, results_sum = ? ${THIS_PAGE}`

/**
 * Whoever calls this holds the lock, so a run that is still open has been killed. Its batches under way may or may not have
 * arrived: their keys are doubted, which makes the next plan send them again, or unknown where that could make a second one.
 */
export function recoverRuns(database: Sqlite, at: string, kinds: Kinds): DeadRun[] {
  const open = decode<OpenRun[]>(database.get(OPEN_RUNS)?.runs)
  return open.map(run => database.transaction(() => closeRun(database, run, at, kinds)))
}

/** See `Ledger.recover`. */
interface Kinds {
  mayDouble(type: string): boolean
  mayRepeat(type: string): boolean
}

interface OpenRun extends Pick<DeadRun, 'id' | 'startedAt'> {
  readonly no: number
}

function closeRun(database: Sqlite, run: OpenRun, at: string, { mayDouble, mayRepeat }: Kinds): DeadRun {
  const counts = { interrupted: 0, skipped: 0 }
  const targets = targetsOf(database, run.no)
  const doubling = new Set(targets.flatMap(({ id, type }) => (mayDouble(type) ? [id] : [])))
  const mayHaveSent = (id: TargetId) => database.get(BEGUN, run.no, id) !== undefined
  const repeating = new Set(targets.flatMap(({ id, type }) => (mayRepeat(type) && mayHaveSent(id) ? [id] : [])))
  for (const row of database.all(OPEN_PAGES, run.no)) {
    const [target, no] = [Number(row.target), Number(row.no)]
    const [word, state] = decode<string[]>(row.words)
    const action = ACTIONS.find(each => each === word)
    if (action === undefined) throw damaged('a batch in it has lost its action')
    if (state !== 'planned' && state !== 'inflight') throw damaged('a batch in it has lost its state')
    const page: PageId = [run.no, target, action, no]
    // One page at a time: what was planned and never sent may be far larger than memory.
    const steps = stepsAt(database, page).filter(step => isSend(step) || isDelete(step))
    const isInflight = state === 'inflight'
    counts[isInflight ? 'interrupted' : 'skipped'] += steps.length
    if (!isInflight && action !== 'delete' && repeating.has(target)) doubt(database, target, steps)
    const results = isInflight
      ? interrupt(database, target, { run: run.no, steps, at, mayDouble: doubling.has(target) })
      : steps.map(() => (repeating.has(target) && action !== 'delete' ? NOT_KNOWN_TO_BE_SENT : SKIPPED))
    database.run(CLOSE_PAGE, ...resultCells(page, results), ...page)
  }
  database.run('UPDATE run SET finished_at = ?, complete = 0 WHERE no = ?', at, run.no)
  endUnknown(database, run.no, at)
  return { id: run.id, startedAt: run.startedAt, ...counts }
}

interface Interrupted {
  readonly run: number
  readonly steps: readonly (SendStep | DeleteStep)[]
  readonly at: string
  readonly mayDouble: boolean
}

/** When the process died, nobody knows; its last request was started before now. */
function interrupt(database: Sqlite, target: TargetId, { run, steps, at, mayDouble }: Interrupted): Result[] {
  const known = doubt(database, target, steps)
  const results = steps.map(step => {
    const isUnknown = mayDouble && step.action !== 'delete' && !isNoted(step, known.get(step.item.key))
    return isUnknown ? UNKNOWN : INTERRUPTED
  })
  writeUnknown(database, target, { run, steps, results, settled: [], at })
  return results
}

/** Gives what was known of the keys until now. */
function doubt(
  database: Sqlite,
  target: TargetId,
  steps: readonly (SendStep | DeleteStep)[],
): ReadonlyMap<string, Held> {
  const keys = steps.map(({ item }) => item.key)
  const known = readHeld(database, target, keys)
  const doubts = steps.flatMap(({ item }) => {
    const before = known.get(item.key)
    return before === undefined ? [] : [doubtful(before, item.gallery)]
  })
  writeHeld(database, target, { holds: [], doubts })
  return known
}

/** The target gave it an id in this run, by which it is found again. */
function isNoted({ item }: SendStep, held: Held | undefined): boolean {
  return held !== undefined && held.remoteId !== null && held.remoteId !== item.remoteId
}

const NOTHING = { http: null, requestId: null, remoteId: null, reason: 'interrupted' }
const INTERRUPTED: Result = {
  ...NOTHING,
  status: 'failed',
  attempts: 1,
  message: 'The run was killed while this was being sent.',
}
const UNKNOWN: Result = {
  ...NOTHING,
  status: 'unknown',
  attempts: 1,
  message: 'The run was killed while this was being sent, and sending it again could make a second one.',
}
/** The last moment of the journal may be missing. */
const NOT_KNOWN_TO_BE_SENT: Result = {
  ...NOTHING,
  status: 'skipped',
  attempts: 0,
  message: 'The run was killed before this was known to be sent.',
}
const SKIPPED: Result = {
  ...NOTHING,
  status: 'skipped',
  attempts: 0,
  message: 'The run was killed before this was sent.',
}
