import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'

/** What can be written. */
export type SqlValue = string | number | null | Uint8Array
/** What can be read; a blob is one or the other kind of bytes, depending on the driver. */
export type SqlRow = Record<string, SqlValue | ArrayBuffer>

/** The part of SQLite that this tool uses, the same over both drivers. Everything is synchronous. */
export interface Sqlite {
  /** Runs statements that return nothing. */
  exec(sql: string): void
  run(sql: string, ...values: SqlValue[]): void
  /** The first row; for statements that give few. */
  get(sql: string, ...values: SqlValue[]): SqlRow | undefined
  all(sql: string, ...values: SqlValue[]): SqlRow[]
  /** All of `work` or nothing of it. */
  transaction<T>(work: () => T): T
  close(): void
}

export type SqliteDriver = 'node:sqlite' | 'libsql'

interface Statement {
  run(...values: SqlValue[]): unknown
  all(...values: SqlValue[]): SqlRow[]
}

interface Database {
  exec(sql: string): unknown
  prepare(sql: string): Statement
  close(): void
}

interface LibsqlDatabase extends Omit<Database, 'prepare'> {
  prepare(sql: string): { run(values: SqlValue[]): unknown; all(values: SqlValue[]): SqlRow[] }
}

/**
 * Opens a database file, ":memory:", or what `toRead` makes of a path. Node's own SQLite where there is one (Node 22 and
 * later), else the prebuilt libsql package; both use the same file format.
 */
export function openSqlite(path: string, driver: SqliteDriver = preferredDriver()): Sqlite {
  const database = connect(path, driver)
  const prepared = new Map<string, Statement>()
  const statement = (sql: string): Statement => {
    const known = prepared.get(sql) ?? database.prepare(sql)
    prepared.set(sql, known)
    return known
  }
  return {
    exec: sql => void database.exec(sql),
    run: (sql, ...values) => void statement(sql).run(...values),
    get: (sql, ...values) => statement(sql).all(...values)[0],
    all: (sql, ...values) => statement(sql).all(...values),
    transaction: work => {
      database.exec('BEGIN IMMEDIATE')
      try {
        const result = work()
        database.exec('COMMIT')
        return result
      } catch (error) {
        rollback(database)
        throw error
      }
    },
    close: () => {
      prepared.clear()
      database.close()
    },
  }
}

export function preferredDriver(): SqliteDriver {
  const require = createRequire(import.meta.url)
  try {
    quietly(() => require('node:sqlite'))
    return 'node:sqlite'
  } catch {
    return 'libsql'
  }
}

/** The file, to be opened for reading only: neither it nor its WAL is changed, not even when it is closed. */
export function toRead(path: string): string {
  return `${pathToFileURL(path).href}?mode=ro`
}

export type SqliteFailure = 'busy' | 'full' | 'readonly' | 'damaged' | 'io' | 'unopenable'

/** Extended codes carry details above the lowest byte: https://sqlite.org/rescode.html */
const PRIMARY_CODE = 0xff
const FAILURES: ReadonlyMap<number, SqliteFailure> = new Map([
  [3, 'readonly'],
  [5, 'busy'],
  [6, 'busy'],
  [8, 'readonly'],
  [10, 'io'],
  [11, 'damaged'],
  [13, 'full'],
  [14, 'unopenable'],
  [26, 'damaged'],
])

/** What an error of SQLite is about, or null for any other error. The drivers keep its code in different places. */
export function failureOf(error: unknown): SqliteFailure | null {
  const { errcode, rawCode, message } = Object(error) as { errcode?: unknown; rawCode?: unknown; message?: unknown }
  const code = errcode ?? rawCode ?? /^ConnectionFailed.*: (\d+)"\)$/.exec(String(message))?.[1]
  return FAILURES.get(Number(code) & PRIMARY_CODE) ?? null
}

function connect(path: string, driver: SqliteDriver): Database {
  const require = createRequire(import.meta.url)
  if (driver === 'libsql') return listing(new (require('libsql'))(path))
  const { DatabaseSync } = quietly(() => require('node:sqlite'))
  return new DatabaseSync(path)
}

/** libsql takes a single null for a set of named values, unless it is in a list. */
function listing(database: LibsqlDatabase): Database {
  return {
    exec: sql => database.exec(sql),
    prepare(sql) {
      const statement = database.prepare(sql)
      return { run: (...values) => statement.run(values), all: (...values) => statement.all(values) }
    },
    close: () => database.close(),
  }
}

/** Gives up the transaction that is open, if there still is one. */
export function rollback(database: Pick<Sqlite, 'exec'> | Pick<Database, 'exec'>): void {
  try {
    database.exec('ROLLBACK')
  } catch {
    // SQLite has rolled back by itself (disk full, for one); the first error is the one to tell.
  }
}

/** Node 22 announces on standard error that its SQLite is experimental; users can do nothing about it. */
function quietly<T>(load: () => T): T {
  const { emitWarning } = process
  process.emitWarning = () => undefined
  try {
    return load()
  } finally {
    process.emitWarning = emitWarning
  }
}
