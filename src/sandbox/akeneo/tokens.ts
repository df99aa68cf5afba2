import type { Clock } from '../../lib/clock.ts'
import { digest } from '../../lib/hash.ts'
import type { Sqlite } from '../../lib/sqlite.ts'

export interface Token {
  readonly access: string
  readonly refresh: string
}

const SCHEMA = `CREATE TABLE IF NOT EXISTS akeneo_token (
  number INTEGER PRIMARY KEY,
  access TEXT NOT NULL UNIQUE,
  refresh TEXT UNIQUE,
  issued INTEGER NOT NULL
)`
const REFRESH_MS = 1_209_600_000

/** The tokens given out. An access token dies of age alone; a refresh token also of its use. */
export class Tokens {
  readonly #database: Sqlite
  readonly #clock: Clock
  readonly #accessMs: number

  constructor(database: Sqlite, clock: Clock, seconds: number) {
    this.#database = database
    this.#clock = clock
    this.#accessMs = seconds * 1000
    database.exec(SCHEMA)
  }

  issue(): Token {
    const number = Number(this.#database.get('SELECT coalesce(max(number), 0) + 1 AS next FROM akeneo_token')?.next)
    const issued = this.#clock.wall()
    const token = { access: digest(`access ${number} ${issued}`), refresh: digest(`refresh ${number} ${issued}`) }
    this.#database.run('INSERT INTO akeneo_token VALUES (?, ?, ?, ?)', number, token.access, token.refresh, issued)
    return token
  }

  /** A new pair for a refresh token, which is used up by it; null when the token is not known, used or too old. */
  exchange(refresh: string): Token | null {
    const row = this.#database.get('SELECT number, issued FROM akeneo_token WHERE refresh = ?', refresh)
    if (!row || Number(row.issued) + REFRESH_MS <= this.#clock.wall()) return null
    this.#database.run('UPDATE akeneo_token SET refresh = NULL WHERE number = ?', Number(row.number))
    return this.issue()
  }

  stateOf(access: string): 'good' | 'expired' | 'unknown' {
    const row = this.#database.get('SELECT issued FROM akeneo_token WHERE access = ?', access)
    if (!row) return 'unknown'
    return Number(row.issued) + this.#accessMs > this.#clock.wall() ? 'good' : 'expired'
  }

  clear(): void {
    this.#database.run('DELETE FROM akeneo_token')
  }
}
