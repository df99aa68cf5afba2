import type { Sqlite, SqliteDriver } from '../lib/sqlite.ts'
import { readHeld, writeHeld } from './held.ts'
import { journalOf, namedBy } from './journal.ts'
import type { Ledger, TargetId, TargetIdentity } from './ledger.ts'
import { openDatabase } from './open.ts'
import { recoverRuns } from './recover.ts'
import { unusable } from './unusable.ts'

const RUNS_KEPT = 30

/** Opens the ledger in this folder, or one in memory. The caller holds the lock unless it only reads. */
export function openLedger(folder: string | null, driver?: SqliteDriver): Ledger {
  const database = guarded(openDatabase(folder, driver), folder)
  return {
    recover: at => recoverRuns(database, at),
    find: identity => findTarget(database, identity),
    register: identity => registerTarget(database, identity),
    held: (target, keys) => readHeld(database, target, keys),
    siblings: target => siblingsOf(database, target),
    isShared(target, { key, remoteId }) {
      if (remoteId === null) return false
      const all = JSON.stringify([target, ...siblingsOf(database, target)])
      const sql = `SELECT 1 FROM held WHERE target IN (SELECT value FROM json_each(?)) AND remote_id = ?
        AND NOT (target = ? AND key = ?) LIMIT 1`
      return database.get(sql, all, remoteId, target, key) !== undefined
    },
    note(target, { key, code }, remoteId) {
      const held = readHeld(database, target, [key]).get(key) ?? { key, code, gallery: [], tail: [] }
      database.transaction(() =>
        writeHeld(database, target, { holds: [], doubts: [{ ...held, fingerprint: null, remoteId }] }),
      )
    },
    lastComplete(source) {
      const run = lastCompleteRun(database, source)
      return run === null ? null : run.products
    },
    *namedByOthers(source, target) {
      const sql = 'SELECT lane.run FROM lane JOIN run ON run.no = lane.run WHERE lane.target = ? AND run.source <> ?'
      for (const row of database.all(sql, target, source)) yield* namedBy(database, Number(row.run), target)
    },
    *carried(source, target) {
      const sql = `SELECT max(run.no) AS no FROM run JOIN lane ON lane.run = run.no
        WHERE run.source = ? AND run.complete = 1 AND lane.target = ?`
      const run = database.get(sql, source, target)?.no
      if (run === undefined || run === null) return
      for (const { key, code } of namedBy(database, Number(run), target)) {
        if (key !== null && code !== null) yield { key, code }
      }
    },
    start({ id, command, version, startedAt, source, whole }) {
      forgetOldRuns(database)
      database.run(
        'INSERT INTO run (id, command, version, started_at, source, whole) VALUES (?, ?, ?, ?, ?, ?)',
        ...[id, command, version, startedAt, source, whole ? 1 : 0],
      )
      return journalOf(database, Number(database.get('SELECT no FROM run WHERE id = ?', id)?.no))
    },
    close: () => closeDatabase(database, folder),
  }
}

function lastCompleteRun(database: Sqlite, source: string): { no: number; products: number } | null {
  const sql = 'SELECT no, products FROM run WHERE source = ? AND complete = 1 ORDER BY no DESC LIMIT 1'
  const row = database.get(sql, source)
  return row === undefined ? null : { no: Number(row.no), products: Number(row.products) }
}

function siblingsOf(database: Sqlite, target: TargetId): TargetId[] {
  const sql = `SELECT other.id FROM target AS one JOIN target AS other
    ON other.type = one.type AND other.origin = one.origin AND other.account = one.account AND other.id <> one.id
    WHERE one.id = ?`
  return database.all(sql, target).map(row => Number(row.id))
}

function findTarget(database: Sqlite, { name, type, origin, account }: TargetIdentity): TargetId | null {
  const where = 'name = ? AND type = ? AND origin = ? AND account = ?'
  const row = database.get(`SELECT id FROM target WHERE ${where}`, name, type, origin, account)
  return row === undefined ? null : Number(row.id)
}

function registerTarget(database: Sqlite, identity: TargetIdentity): { id: TargetId; renamed: boolean } {
  const known = findTarget(database, identity)
  if (known !== null) return { id: known, renamed: false }
  const { name, type, origin, account } = identity
  const renamed = database.get('SELECT id FROM target WHERE name = ?', name) !== undefined
  database.run('INSERT INTO target (name, type, origin, account) VALUES (?, ?, ?, ?)', name, type, origin, account)
  return { id: Number(database.get('SELECT max(id) AS id FROM target')?.id), renamed }
}

/** The last runs are kept in full, and so is each source's last complete run at each target, by which prune and guards go. */
function forgetOldRuns(database: Sqlite): void {
  const old = `SELECT no FROM run WHERE no NOT IN (SELECT no FROM run ORDER BY no DESC LIMIT ${RUNS_KEPT - 1})
    AND no NOT IN (SELECT max(no) FROM run WHERE complete = 1 GROUP BY source)
    AND no NOT IN (SELECT max(run.no) FROM run JOIN lane ON lane.run = run.no WHERE complete = 1 GROUP BY source, target)`
  database.transaction(() => {
    const gone = JSON.stringify(database.all(old).map(row => Number(row.no)))
    for (const [table, run] of [
      ['page', 'run'],
      ['lane', 'run'],
      ['run', 'no'],
    ]) {
      database.run(`DELETE FROM ${table} WHERE ${run} IN (SELECT value FROM json_each(?))`, gone)
    }
  })
}

/** libsql lets go of a file only when its statements are collected, so what is in the WAL is moved now. */
function closeDatabase(database: Sqlite, folder: string | null): void {
  try {
    if (folder !== null) database.exec('PRAGMA wal_checkpoint(TRUNCATE)')
  } finally {
    database.close()
  }
}

/** Whatever SQLite complains about while the ledger is in use ends the run as a ledger error. */
function guarded(database: Sqlite, folder: string | null): Sqlite {
  const guard =
    <In extends readonly unknown[], Out>(call: (...input: In) => Out) =>
    (...input: In): Out => {
      try {
        return call(...input)
      } catch (error) {
        throw unusable(folder, error)
      }
    }
  return {
    exec: guard(database.exec),
    run: guard(database.run),
    get: guard(database.get),
    all: guard(database.all),
    transaction: work => guard(() => database.transaction(work))(),
    close: database.close,
  }
}
