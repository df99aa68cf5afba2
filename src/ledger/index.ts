import { openSqlite, type Sqlite } from '../lib/sqlite.ts'
import { carried, namedByOthers } from './carried.ts'
import { grouped } from './grouped.ts'
import { readHeld, readPrints, writeHeld } from './held.ts'
import { journalOf } from './journal.ts'
import type { Ledger } from './ledger.ts'
import { isKnownHere, leaveMark, leaveNote } from './lineage.ts'
import { networkWarning } from './mounts.ts'
import { openDatabase } from './open.ts'
import { lastRecords } from './record-lists.ts'
import { recoverRuns } from './recover.ts'
import { beginRun, lastComplete, listRuns, openRun } from './runs.ts'
import { findSame } from './same.ts'
import { findTarget, isShared, registerTarget, siblingsOf } from './targets.ts'
import { readUnknown, unknownAmong } from './unknown.ts'
import { telling, unusable } from './unusable.ts'

/**
 * Opens the ledger in this folder, or one in memory. The caller holds the lock unless it only reads. `open`: how SQLite is
 * opened, so that tests can break it.
 */
export function openLedger(folder: string | null, open: typeof openSqlite = openSqlite): Ledger {
  const opened = guarded(openDatabase(folder, open), folder)
  const database = grouped(opened, () => leaveMark(opened))
  return {
    warnings: folder === null ? [] : warningsFor(folder, database),
    recover: (at, mayDouble = () => false, mayRepeat = () => false) =>
      telling('Nothing was sent.', () => recoverRuns(database, at, { mayDouble, mayRepeat })),
    find: identity => findTarget(database, identity),
    register: identity => database.transaction(() => registerTarget(database, identity)),
    held: (target, keys) => readHeld(database, target, keys),
    heldPrints: (target, keys) => readPrints(database, target, keys),
    unknowns: (target, keys) => ({
      [Symbol.iterator]: () =>
        keys === undefined ? readUnknown(database, target) : unknownAmong(database, target, keys),
    }),
    carried: (source, target) => carried(database, source, target),
    namedByOthers: (source, target) => namedByOthers(database, source, target),
    siblings: target => siblingsOf(database, target),
    isShared: (target, held) => isShared(database, target, held),
    note(target, { key, code }, remoteId) {
      const held = readHeld(database, target, [key]).get(key) ?? { key, code, gallery: [], tail: [] }
      telling(`The id "${remoteId}" of "${key}" could not be recorded: the next run looks for it.`, () =>
        database.record(() =>
          writeHeld(database, target, { holds: [], doubts: [{ ...held, fingerprint: null, remoteId }] }),
        ),
      )
    },
    lastComplete: source => lastComplete(database, source),
    same: (source, print, targets) => findSame(database, source, print, targets),
    lastRecords: (print, targets) => lastRecords(database, print, targets),
    runs: () => listRuns(database),
    openRun: id => openRun(database, id),
    start(run) {
      const no = telling('Nothing was sent.', () => {
        const begun = database.transaction(() => beginRun(database, run))
        // From here on the WAL begins anew: see lineage.ts.
        if (folder !== null) database.exec('PRAGMA wal_checkpoint(TRUNCATE)')
        return begun
      })
      if (folder !== null) leaveNote(folder, run.id)
      return journalOf(database, no)
    },
    close: () => closeDatabase(database, folder),
  }
}

function warningsFor(folder: string, database: Sqlite): string[] {
  const strange = isKnownHere(folder, database)
    ? null
    : `The ledger in ${folder} is not the one that was used last here, nor one that came of it: was it restored from a backup or ` +
      'copied from elsewhere? What was pushed with the other one it does not know, so that an item may count as unchanged ' +
      'although the target holds something else. "push --full" sends everything again.'
  return [strange, networkWarning(folder)].filter(warning => warning !== null)
}

/** libsql lets go of a file only when its statements are collected, so what is in the WAL is moved now. */
function closeDatabase(database: Sqlite, folder: string | null): void {
  try {
    if (folder !== null) database.exec('PRAGMA wal_checkpoint(TRUNCATE)')
  } finally {
    database.close()
  }
}

/** Whatever SQLite complains about while the ledger is in use ends the run as a ledger error. */
function guarded(database: Sqlite, folder: string | null): Sqlite {
  const guard =
    <In extends readonly unknown[], Out>(call: (...input: In) => Out) =>
    (...input: In): Out => {
      try {
        return call(...input)
      } catch (error) {
        throw unusable(folder, error)
      }
    }
  return {
    exec: guard(database.exec),
    run: guard(database.run),
    get: guard(database.get),
    all: guard(database.all),
    transaction: work => guard(() => database.transaction(work))(),
    close: database.close,
  }
}
