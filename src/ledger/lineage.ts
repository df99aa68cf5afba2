import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Sqlite } from '../lib/sqlite.ts'

/** Runs that a ledger remembers by their id. Enough for one an hour for a year. */
const REMEMBERED = 10_000

/** Part of the transaction that begins a run. */
export function beginHistory(database: Sqlite, run: string): void {
  database.run('INSERT INTO history (run) VALUES (?)', run)
  database.run(`DELETE FROM history WHERE no <= (SELECT max(no) FROM history) - ${REMEMBERED}`)
  database.run('UPDATE mark SET run = ?', run)
}

/**
 * Part of every transaction. The mark is therefore always in the WAL, when there is one, and the history, which is moved into
 * the file when a run begins, never: so the two tell whether file and WAL belong together.
 */
export function leaveMark(database: Sqlite): void {
  database.run('UPDATE mark SET writes = writes + 1')
}

/** False when the WAL is that of another file, such as that of a later run beside a backup that was put back. */
export function isOfOnePiece(database: Sqlite): boolean {
  const hasMark = database.get(`SELECT 1 FROM sqlite_schema WHERE name = 'mark'`) !== undefined
  if (!hasMark) return true
  const sql = 'SELECT (SELECT run FROM history ORDER BY no DESC LIMIT 1) IS (SELECT run FROM mark) AS same'
  return database.get(sql)?.same === 1
}

/** Which run was the last one here, beside the ledger and not in it. Nothing depends on it but a warning. */
export function leaveNote(folder: string, run: string): void {
  try {
    writeFileSync(noteIn(folder), JSON.stringify({ run }), { mode: 0o600 })
  } catch {
    // Without it there is one warning less.
  }
}

export function removeNote(folder: string): void {
  try {
    rmSync(noteIn(folder), { force: true })
  } catch {
    // Then there is one warning too many.
  }
}

/** Is this the ledger that was used here last, or one that comes after it? True when nobody can tell. */
export function isKnownHere(folder: string, database: Sqlite): boolean {
  const run = readNote(folder)
  return run === null || database.get('SELECT 1 FROM history WHERE run = ?', run) !== undefined
}

function readNote(folder: string): string | null {
  try {
    const { run } = JSON.parse(readFileSync(noteIn(folder), 'utf8'))
    return typeof run === 'string' ? run : null
  } catch {
    return null
  }
}

function noteIn(folder: string): string {
  return join(folder, 'last-run.json')
}
