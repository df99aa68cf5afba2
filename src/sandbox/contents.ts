import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { openSqlite, type Sqlite } from '../lib/sqlite.ts'
import { LedgerError } from '../model/errors.ts'

const FILE = 'sandbox.db'

/** Opens what the emulators hold: `sandbox.db` in the folder, which is made if needed, or memory when it is null. */
export function openContents(folder: string | null): Sqlite {
  if (folder === null) return openSqlite(':memory:')
  try {
    mkdirSync(folder, { recursive: true })
    return openFile(join(folder, FILE))
  } catch (error) {
    throw new LedgerError(`The sandbox's contents in ${join(folder, FILE)} cannot be used: ${words(error)}`, {
      cause: error,
      fix: `Remove the folder ${folder} to start afresh.`,
    })
  }
}

function openFile(path: string): Sqlite {
  const database = openSqlite(path)
  try {
    // A sandbox may lose its last requests in a power cut; in return a rehearsal is not slowed by the disk.
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF')
    return database
  } catch (error) {
    database.close()
    throw error
  }
}

function words(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
