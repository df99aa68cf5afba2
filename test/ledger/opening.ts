import { openSqlite, type SqliteDriver } from '../../src/lib/sqlite.ts'

/** How a ledger is opened through this driver. */
export function through(driver: SqliteDriver): typeof openSqlite {
  return path => openSqlite(path, driver)
}
