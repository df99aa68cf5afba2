import { nextTurn } from '../lib/clock.ts'
import { rollback, type Sqlite } from '../lib/sqlite.ts'

/** A database in which some writing may wait a moment for more of the same. */
export interface Grouped extends Sqlite {
  /**
   * Does the work at once, seen by everybody who reads through this database, and commits it with whatever else comes in this turn
   * of the event loop, without waiting for the disk. When that fails, the next call that writes says so.
   */
  soon(work: () => void): void
  /** A transaction for what has happened already: it is not refused because something else was lost. */
  record(work: () => void): void
}

/**
 * While much is going on, dozens of answers arrive in one turn of the event loop, and a commit for each of them takes longer
 * than sending. `mark`: done once per commit.
 */
export function grouped(database: Sqlite, mark: () => void): Grouped {
  let isOpen = false
  let isStrict = true // as the ledger was opened
  let failure: { readonly error: unknown } | null = null

  function begin(): void {
    if (isStrict) database.exec('PRAGMA synchronous = NORMAL')
    isStrict = false
    database.exec('BEGIN IMMEDIATE')
    isOpen = true
    // Whoever writes next, and at the latest the end of the run, hears of a failure.
    nextTurn()
      .then(commit)
      .catch(error => {
        failure = { error }
      })
  }

  function commit(): void {
    if (!isOpen) return
    inGroup(() => {
      mark()
      database.exec('COMMIT')
      isOpen = false
    })
  }

  /** Half of a group is worth nothing. */
  function inGroup(work: () => void): void {
    try {
      work()
    } catch (error) {
      isOpen = false
      rollback(database)
      throw error
    }
  }

  function settle(): void {
    if (failure !== null) throw failure.error
    commit()
  }

  function durably<T>(work: () => T): T {
    if (!isStrict) database.exec('PRAGMA synchronous = FULL')
    isStrict = true
    return database.transaction(() => {
      const result = work()
      mark()
      return result
    })
  }

  return {
    ...database,
    soon(work) {
      if (failure !== null) throw failure.error
      if (!isOpen) begin()
      inGroup(work)
    },
    transaction(work) {
      settle()
      return durably(work)
    },
    record(work) {
      try {
        commit()
      } catch (error) {
        failure = { error }
      }
      durably(work)
    },
    exec(sql) {
      commit()
      database.exec(sql)
    },
    close() {
      try {
        commit()
      } finally {
        database.close()
      }
    },
  }
}
