import { closeSync, lstatSync, openSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { openSqlite, type Sqlite } from '../lib/sqlite.ts'
import { makeFolder, syncFolder } from './folder.ts'
import { inspect } from './inspect.ts'
import { removeNote } from './lineage.ts'
import { migrate, upgrade } from './migrate.ts'
import { refuseForeign, refuseOrphan } from './refuse.ts'
import { APPLICATION_ID } from './schema.ts'
import { unusable } from './unusable.ts'

const FILE = 'ledger.db'

export function ledgerFile(folder: string): string {
  return join(folder, FILE)
}

/**
 * Opens the ledger's database, making it where there is none and bringing an older one up to date. A file that is not a
 * ledger, is damaged or newer is a LedgerError and stays as it is. `open`: how SQLite is opened, so that tests can break it.
 */
export function openDatabase(folder: string | null, open: typeof openSqlite = openSqlite): Sqlite {
  if (folder === null) return create(open(':memory:'))
  const file = ledgerFile(folder)
  try {
    if (lstatSync(file, { throwIfNoEntry: false }) === undefined) make(folder, file, open)
    refuseForeign(file)
    inspect(file, open)
    return openFile(file, open)
  } catch (error) {
    throw unusable(folder, error)
  }
}

/** Made beside its place and then renamed, so that a run that is killed meanwhile leaves no half a ledger. */
function make(folder: string, file: string, open: typeof openSqlite): void {
  makeFolder(folder)
  refuseOrphan(file)
  const draft = `${file}.new`
  for (const left of [draft, `${draft}-journal`]) rmSync(left, { force: true })
  closeSync(openSync(draft, 'wx', 0o600))
  create(open(draft)).close()
  renameSync(draft, file)
  syncFolder(folder)
  removeNote(folder)
}

function create(database: Sqlite): Sqlite {
  try {
    database.transaction(() => {
      upgrade(database, 0)
      database.exec(`PRAGMA application_id = ${APPLICATION_ID}`)
    })
    return database
  } catch (error) {
    database.close()
    throw error
  }
}

function openFile(file: string, open: typeof openSqlite): Sqlite {
  const database = open(file)
  try {
    // WAL lets `plan` read while a push writes. FULL: what is on its way has to be on disk before it leaves, because after
    // a power cut a target that creates with every request would otherwise create twice.
    database.exec('PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL')
    migrate(database, file)
    return database
  } catch (error) {
    database.close()
    throw error
  }
}
