import type { Sqlite } from '../lib/sqlite.ts'
import { truncate } from '../lib/text.ts'
import { decode } from './decode.ts'
import type { TargetId } from './identity.ts'
import type { Attempt, AttemptEntry } from './past.ts'

const MESSAGE_CHARACTERS = 500
/** Number of the batch of a request that was for none. */
const NO_BATCH = 0

const INSERT = `INSERT INTO attempt (run, target, no, n, at, http, request_id, reason, message) VALUES (?, ?, ?,
  (SELECT coalesce(max(n), 0) + 1 FROM attempt WHERE run = ? AND target = ? AND no = ?), ?, ?, ?, ?, ?)`
const NEXT = `SELECT no, n, CAST(json_object('batch', nullif(no, ${NO_BATCH}), 'n', n, 'at', at, 'http', http,
  'requestId', request_id, 'reason', reason, 'message', message) AS BLOB) AS found
  FROM attempt WHERE run = ? AND target = ? AND (no, n) > (?, ?) ORDER BY no, n LIMIT 1`

interface Noted {
  readonly target: TargetId
  readonly no: number
  readonly attempt: Attempt
}

/** The requests of a run that are not on disk yet: a commit for each of them would cost more than they are worth. */
export class Attempts {
  readonly #database: Sqlite
  readonly #run: number
  #noted: Noted[] = []

  constructor(database: Sqlite, run: number) {
    this.#database = database
    this.#run = run
  }

  note(target: TargetId, no: number | null, attempt: Attempt): void {
    this.#noted.push({ target, no: no ?? NO_BATCH, attempt })
  }

  /** Part of the caller's transaction. */
  write(): void {
    for (const { target, no, attempt } of this.#noted) {
      const { at, http, requestId, reason, message } = attempt
      const words = message === null ? null : truncate(message, MESSAGE_CHARACTERS)
      const batch = [this.#run, target, no]
      this.#database.run(INSERT, ...batch, ...batch, at, http, requestId, reason, words)
    }
  }

  /** To be called when that transaction is through. */
  written(): void {
    this.#noted = []
  }
}

/** When the last request for a batch was started; null: nobody noted any. */
export function lastAttempt(database: Sqlite, run: number, target: TargetId, no: number): string | null {
  const sql = 'SELECT CAST(json_array(max(at)) AS BLOB) AS found FROM attempt WHERE run = ? AND target = ? AND no = ?'
  const [at = null] = decode<(string | null)[]>(database.get(sql, run, target, no)?.found)
  return at
}

/** Of one batch, or of all and of none. */
export function* readAttempts(
  database: Sqlite,
  run: number,
  target: TargetId,
  batch: number | null = null,
): Generator<AttemptEntry> {
  for (let last: readonly [number, number] = [batch ?? -1, 0]; ; ) {
    const row = database.get(NEXT, run, target, ...last)
    if (row === undefined || (batch !== null && Number(row.no) !== batch)) return
    last = [Number(row.no), Number(row.n)]
    yield decode<AttemptEntry>(row.found)
  }
}
