import { closeSync, lstatSync, mkdirSync, openSync, readSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { openSqlite, type Sqlite, type SqliteDriver } from '../lib/sqlite.ts'
import { LedgerError } from '../model/errors.ts'
import { APPLICATION_ID, SCHEMA, SCHEMA_VERSION } from './schema.ts'
import { unusable } from './unusable.ts'

const FILE = 'ledger.db'
/** Where the header of a database keeps what: https://sqlite.org/fileformat2.html#the_database_header */
const HEADER = { bytes: 100, magic: 'SQLite format 3\0', version: 60, applicationId: 68 }

export function ledgerFile(folder: string): string {
  return join(folder, FILE)
}

/**
 * Opens the ledger's database, making it where there is none. A file that is not a ledger, is damaged or newer is a
 * LedgerError and stays as it is.
 */
export function openDatabase(folder: string | null, driver?: SqliteDriver): Sqlite {
  if (folder === null) return create(openSqlite(':memory:', driver))
  const file = ledgerFile(folder)
  try {
    if (lstatSync(file, { throwIfNoEntry: false }) === undefined) make(folder, file, driver)
    refuseForeign(file)
    return openFile(file, driver)
  } catch (error) {
    throw unusable(folder, error)
  }
}

/** Made beside its place and then renamed, so that a run that is killed meanwhile leaves no half a ledger. */
function make(folder: string, file: string, driver?: SqliteDriver): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const draft = `${file}.new`
  for (const left of [draft, `${draft}-journal`]) rmSync(left, { force: true })
  closeSync(openSync(draft, 'wx', 0o600))
  create(openSqlite(draft, driver)).close()
  renameSync(draft, file)
}

function create(database: Sqlite): Sqlite {
  database.transaction(() => {
    database.exec(SCHEMA)
    database.exec(`PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${SCHEMA_VERSION}`)
  })
  return database
}

/** Looks at the bytes before SQLite does: it takes an empty file for an empty database, and may write to another's. */
function refuseForeign(file: string): void {
  if (!lstatSync(file).isFile()) throw refuse(file, 'is not a regular file', 'Name another folder with --state.')
  const header = readHeader(file)
  if (header.length === 0) {
    throw refuse(file, 'is empty', 'If it never held anything, remove it; else restore it from a backup.')
  }
  const isDatabase = header.length === HEADER.bytes && header.toString('latin1').startsWith(HEADER.magic)
  if (!isDatabase || header.readUInt32BE(HEADER.applicationId) !== APPLICATION_ID) {
    throw refuse(file, 'is not a ledger of assetsync', 'Name another folder with --state, or restore it from a backup.')
  }
  refuseNewer(file, header.readUInt32BE(HEADER.version))
}

function readHeader(file: string): Buffer {
  const fd = openSync(file, 'r')
  try {
    const header = Buffer.alloc(HEADER.bytes)
    return header.subarray(0, readSync(fd, header))
  } finally {
    closeSync(fd)
  }
}

function openFile(file: string, driver?: SqliteDriver): Sqlite {
  const database = openSqlite(file, driver)
  try {
    // WAL lets `plan` read while a push writes. FULL: what is on its way has to be on disk before it leaves, because after
    // a power cut a target that creates with every request would otherwise create twice.
    database.exec('PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL')
    refuseNewer(file, Number(database.get('PRAGMA user_version')?.user_version))
    refuseDamaged(file, database)
    return database
  } catch (error) {
    database.close()
    throw error
  }
}

/** By header and, once the file is open, by SQLite, which also knows what is only in the WAL so far. */
function refuseNewer(file: string, version: number): void {
  if (version <= SCHEMA_VERSION) return
  throw refuse(file, `was written by a newer assetsync (schema ${version})`, 'Update assetsync on this machine.')
}

/** Checks the table that decides what is sent; damage to the others is noticed where they are read. */
function refuseDamaged(file: string, database: Sqlite): void {
  const found = database.get('PRAGMA quick_check(held)')?.quick_check
  if (found !== 'ok') throw refuse(file, `is damaged (${found})`, 'Restore it from a backup.')
}

function refuse(file: string, what: string, fix: string): LedgerError {
  return new LedgerError(`The ledger ${file} ${what}. It was left as it is.`, { fix })
}
