import { preferredDriver, type SqliteDriver } from '../../src/lib/sqlite.ts'

/** Every SQLite driver there is on this version of Node. */
export const DRIVERS: readonly SqliteDriver[] = [...new Set<SqliteDriver>(['libsql', preferredDriver()])]
