import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { failureOf, openSqlite, type Sqlite, toRead } from '../lib/sqlite.ts'

/** The run that holds a ledger now; empty texts where it left no note of itself. */
export interface RunningNow {
  readonly command: string
  /** ISO 8601. */
  readonly since: string
}

/**
 * Who holds the lock of this folder now; null: nobody. It is looked at without being taken. A note is left behind only by a
 * process that holds the lock or was killed, so without one nothing is touched that a run might be about to take.
 */
export function holderOf(folder: string): RunningNow | null {
  const note = join(folder, 'lock.json')
  if (!existsSync(note) || !isLocked(join(folder, 'lock.db'))) return null
  try {
    const { command, since } = JSON.parse(readFileSync(note, 'utf8'))
    return { command: String(command), since: String(since) }
  } catch {
    return { command: '', since: '' }
  }
}

/** Whoever holds an exclusive lock lets nobody read. */
function isLocked(file: string): boolean {
  let database: Sqlite | null = null
  try {
    database = openSqlite(toRead(file))
    database.exec('PRAGMA busy_timeout = 0')
    database.get('SELECT 1 FROM sqlite_schema LIMIT 1')
    return false
  } catch (error) {
    return failureOf(error) === 'busy'
  } finally {
    database?.close()
  }
}
