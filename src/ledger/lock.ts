import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import type { Clock } from '../lib/clock.ts'
import { failureOf, openSqlite, type Sqlite } from '../lib/sqlite.ts'
import { wordsOf } from '../lib/text.ts'
import { LedgerError } from '../model/errors.ts'
import { EXIT } from '../model/exit.ts'
import { makeFolder } from './folder.ts'
import { unusable } from './unusable.ts'

const POLL_MS = 200

/** Who holds a lock, for people; the lock itself is the kernel's. */
export interface Holder {
  readonly pid: number
  readonly command: string
  readonly since: string
}

export interface LockOptions {
  readonly holder: Holder
  /** Milliseconds to wait for another run. */
  readonly wait: number
  readonly clock: Clock
  readonly stop: AbortSignal
}

/**
 * One run at a time per ledger. The lock is an exclusive transaction on a database of its own, which the system releases
 * with the process, however it ends. Held by another run after `wait`: a LedgerError with exit code 6.
 */
export async function lockLedger(
  folder: string,
  { holder, wait, clock, stop }: LockOptions,
): Promise<{ release(): void }> {
  const note = join(folder, 'lock.json')
  const deadline = clock.now() + wait
  for (;;) {
    const database = tryLock(folder)
    if (database !== null) {
      leaveNote(note, holder)
      return { release: () => release(database, note) }
    }
    const left = deadline - clock.now()
    if (stop.aborted) throw interrupted(stop)
    if (left <= 0) throw held(note)
    await clock.sleep(Math.min(POLL_MS, left), stop)
  }
}

function tryLock(folder: string): Sqlite | null {
  const file = join(folder, 'lock.db')
  let database: Sqlite | null = null
  try {
    makeFolder(folder)
    database = openSqlite(file)
    database.exec('PRAGMA busy_timeout = 0; BEGIN EXCLUSIVE')
    return database
  } catch (error) {
    database?.close()
    const failure = failureOf(error)
    if (failure === 'busy') return null
    if (failure !== 'damaged' && failure !== 'unopenable') throw unusable(folder, error)
    throw new LedgerError(`The ledger in ${folder} cannot be locked: ${file} is no lock (${wordsOf(error)}).`, {
      cause: error,
      fix: 'Remove that file while no run is going on (it holds nothing), or name another folder with --state.',
    })
  }
}

/** The note goes first: as long as it can be read, the lock is held. */
function release(database: Sqlite, note: string): void {
  removeNote(note)
  database.exec('ROLLBACK')
  database.close()
}

function leaveNote(note: string, holder: Holder): void {
  try {
    writeFileSync(note, JSON.stringify({ ...holder, host: hostname() }), { mode: 0o600 })
  } catch {
    removeNote(note)
  }
}

function removeNote(note: string): void {
  try {
    rmSync(note, { force: true })
  } catch {
    // Only words for others: the lock is good without them.
  }
}

function interrupted(stop: AbortSignal): LedgerError {
  const exit = typeof stop.reason === 'number' ? stop.reason : EXIT.locked
  return new LedgerError('Interrupted while waiting for another run: nothing was sent.', { exit })
}

function held(note: string): LedgerError {
  return new LedgerError(`Another run holds the ledger${holderWords(note)}.`, {
    exit: EXIT.locked,
    fix: 'Wait until it ends, or let this run wait with --lock-wait <seconds>.',
  })
}

function holderWords(note: string): string {
  try {
    const { pid, host, command, since } = JSON.parse(readFileSync(note, 'utf8'))
    return pid === undefined ? '' : `: process ${pid} on ${host}, "${command}", since ${since}`
  } catch {
    return ''
  }
}
