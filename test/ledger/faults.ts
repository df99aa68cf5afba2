import type { Sqlite } from '../../src/lib/sqlite.ts'

/** As the drivers report it. */
export const FULL = Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL', rawCode: 13 })
export const IO_ERROR = Object.assign(new Error('disk I/O error'), { code: 'SQLITE_IOERR', rawCode: 10 })

/** Called before everything that SQLite is asked to do: `BEGIN` and `COMMIT` for a transaction, else the statement. */
export type Before = (sql: string) => void

/** The same database, in which anything may be made to fail. */
export function watched(database: Sqlite, before: Before): Sqlite {
  return {
    exec: sql => {
      before(sql)
      database.exec(sql)
    },
    run: (sql, ...values) => {
      before(sql)
      database.run(sql, ...values)
    },
    get: (sql, ...values) => {
      before(sql)
      return database.get(sql, ...values)
    },
    all: (sql, ...values) => {
      before(sql)
      return database.all(sql, ...values)
    },
    transaction: work => {
      before('BEGIN')
      return database.transaction(() => {
        const result = work()
        before('COMMIT')
        return result
      })
    },
    close: database.close,
  }
}

/** Fails at the n-th call, counted from 1, and never again: what comes after finds the disk as it should be. */
export function failAt(n: number, error: Error): { readonly before: Before; readonly hasFailed: () => boolean } {
  let calls = 0
  return {
    before() {
      calls++
      if (calls === n) throw error
    },
    hasFailed: () => calls >= n,
  }
}
