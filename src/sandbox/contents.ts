import { existsSync, mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { openSqlite, type Sqlite } from '../lib/sqlite.ts'
import { LedgerError } from '../model/errors.ts'

const FILE = 'sandbox.db'

/** Opens what the emulators hold: `sandbox.db` in the folder, which is made if needed, or memory when it is null. */
export function openContents(folder: string | null): Sqlite {
  if (folder === null) return openSqlite(':memory:')
  try {
    makeFolder(folder)
    return openFile(join(folder, FILE))
  } catch (error) {
    throw new LedgerError(`The sandbox's contents in ${join(folder, FILE)} cannot be used: ${words(error)}`, {
      cause: error,
      fix: existsSync(folder) ? `Remove the folder ${folder} to start afresh.` : 'Name another folder with --state.',
    })
  }
}

/** One folder at a time: told to make all that are missing at once, Node.js never comes back from file systems such as /proc. */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return
  if (dirname(folder) !== folder) makeFolder(dirname(folder))
  mkdirSync(folder)
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
