import type { Sqlite, SqliteDriver } from '../lib/sqlite.ts'
import { decode } from './decode.ts'
import { readHeld, writeHeld } from './held.ts'
import { carriedKeys, journalOf } from './journal.ts'
import type { Ledger, TargetId, TargetIdentity } from './ledger.ts'
import { openDatabase } from './open.ts'
import { recoverRuns } from './recover.ts'
import { unusable } from './unusable.ts'

const RUNS_KEPT = 30
const COMPLETE_SOURCES = 'SELECT CAST(json_group_array(DISTINCT source) AS BLOB) AS sources FROM run WHERE complete = 1'

/** Opens the ledger in this folder, or one in memory. The caller holds the lock unless it only reads. */
export function openLedger(folder: string | null, driver?: SqliteDriver): Ledger {
  const database = guarded(openDatabase(folder, driver), folder)
  return {
    recover: at => recoverRuns(database, at),
    find: identity => findTarget(database, identity),
    register: identity => registerTarget(database, identity),
    held: (target, keys) => readHeld(database, target, keys),
    isShared(target, { key, remoteId }) {
      const sql = 'SELECT 1 FROM held WHERE target = ? AND remote_id = ? AND key <> ? LIMIT 1'
      return remoteId !== null && database.get(sql, target, remoteId, key) !== undefined
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
    sources: () => decode<string[]>(database.get(COMPLETE_SOURCES)?.sources),
    *carried(source, target) {
      const run = lastCompleteRun(database, source)
      if (run !== null) yield* carriedKeys(database, run.no, target)
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

/** The last runs are kept in full, and so is the last complete run of each source, by which prune and guards go. */
function forgetOldRuns(database: Sqlite): void {
  const old = `SELECT no FROM run WHERE no NOT IN (SELECT no FROM run ORDER BY no DESC LIMIT ${RUNS_KEPT - 1})
    AND no NOT IN (SELECT max(no) FROM run WHERE complete = 1 GROUP BY source)`
  database.transaction(() => {
    database.run(`DELETE FROM page WHERE run IN (${old})`)
    database.run(`DELETE FROM run WHERE no IN (${old})`)
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
