import type { Sqlite } from '../lib/sqlite.ts'
import type { TargetSummary } from '../model/report.ts'
import { heldOf, lastRequest, openBatches, progressOf, stepsAbout } from './about.ts'
import { readAttempts } from './attempts.ts'
import { decode } from './decode.ts'
import type { RunStart } from './ledger.ts'
import { beginHistory } from './lineage.ts'
import { outcomes } from './outcomes.ts'
import type { PastRun, RunEntry } from './past.ts'
import { forgetRecords, outdateOlder } from './record-lists.ts'
import { retryable } from './retry.ts'
import { targetsOf } from './targets.ts'

const RUNS_KEPT = 30

const ENTRY = `SELECT no, CAST(json_object('id', id, 'command', command, 'version', version, 'startedAt', started_at,
  'finishedAt', finished_at, 'source', source, 'exitCode', exit_code, 'complete', complete, 'targets',
  json(coalesce(summary ->> '$.targets', '[]'))) AS BLOB) AS entry, CAST(json_array(summary) AS BLOB) AS summary FROM run`

/** Part of the caller's transaction. Gives the run's number. */
export function beginRun(database: Sqlite, { id, command, version, startedAt, source, whole }: RunStart): number {
  forgetOldRuns(database)
  database.run(
    'INSERT INTO run (id, command, version, started_at, source, whole) VALUES (?, ?, ?, ?, ?, ?)',
    ...[id, command, version, startedAt, source, whole ? 1 : 0],
  )
  beginHistory(database, id)
  return Number(database.get('SELECT no FROM run WHERE id = ?', id)?.no)
}

export function lastComplete(database: Sqlite, source: string): { products: number; openEnd: boolean | null } | null {
  const sql = `SELECT products, open_end FROM run WHERE source = ?
    AND (complete = 1 OR EXISTS (SELECT 1 FROM lane WHERE lane.run = no AND lane.complete = 1)) ORDER BY no DESC LIMIT 1`
  const row = database.get(sql, source)
  if (row === undefined) return null
  return { products: Number(row.products), openEnd: row.open_end === null ? null : row.open_end === 1 }
}

export function listRuns(database: Sqlite): RunEntry[] {
  const numbers = database.all('SELECT no FROM run ORDER BY no DESC').map(row => Number(row.no))
  return numbers.flatMap(no => {
    const row = database.get(`${ENTRY} WHERE no = ?`, no)
    return row === undefined ? [] : [entryOf(row.entry)] // another process may have forgotten it meanwhile
  })
}

/** null: the last one that has ended. */
export function openRun(database: Sqlite, id: string | null): PastRun | null {
  const row =
    id === null
      ? database.get(`${ENTRY} WHERE finished_at IS NOT NULL ORDER BY no DESC LIMIT 1`)
      : database.get(`${ENTRY} WHERE id = ?`, id)
  if (row === undefined) return null
  const no = Number(row.no)
  const [summary = null] = decode<(string | null)[]>(row.summary)
  return {
    entry: entryOf(row.entry),
    summary,
    targets: targetsOf(database, no),
    outcomes: (target, name, which = 'all') => ({
      [Symbol.iterator]: () => outcomes(database, no, target, name, which),
    }),
    about: (target, code) => stepsAbout(database, no, target, code),
    held: (target, code) => heldOf(database, target, code),
    openBatches: target => openBatches(database, no, target),
    progress: target => progressOf(database, no, target),
    lastRequest: () => lastRequest(database, no),
    attempts: (target, batch) => ({ [Symbol.iterator]: () => readAttempts(database, no, target, batch) }),
    retryable: target => ({ [Symbol.iterator]: () => retryable(database, no, target) }),
  }
}

function entryOf(cell: Parameters<typeof decode>[0]): RunEntry {
  const entry = decode<Omit<RunEntry, 'complete'> & { complete: number; targets: TargetSummary[] }>(cell)
  return { ...entry, complete: entry.complete === 1 }
}

/** The last runs are kept in full, and so is each source's last complete run at each target, by which prune and guards go. */
function forgetOldRuns(database: Sqlite): void {
  const old = `SELECT no FROM run WHERE no NOT IN (SELECT no FROM run ORDER BY no DESC LIMIT ${RUNS_KEPT - 1})
    AND no NOT IN (SELECT max(no) FROM run WHERE complete = 1 GROUP BY source)
    AND no NOT IN (SELECT max(run.no) FROM run JOIN lane ON lane.run = run.no WHERE lane.complete = 1 GROUP BY source, target)`
  const gone = database.all(old).map(row => Number(row.no))
  outdateOlder(database, gone)
  forgetRuns(database, gone)
}

/** Part of the caller's transaction. */
export function forgetRuns(database: Sqlite, runs: readonly number[]): void {
  forgetRecords(database, runs)
  const gone = JSON.stringify(runs)
  for (const [table, run] of [
    ['content', 'run'],
    ['spared', 'run'],
    ['page', 'run'],
    ['attempt', 'run'],
    ['lane', 'run'],
    ['run', 'no'],
  ]) {
    database.run(`DELETE FROM ${table} WHERE ${run} IN (SELECT value FROM json_each(?))`, gone)
  }
}
