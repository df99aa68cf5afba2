import type { Clock } from '../../lib/clock.ts'
import { digest } from '../../lib/hash.ts'
import type { Sqlite } from '../../lib/sqlite.ts'

export interface TokenTerms {
  /** Seconds after which a token is expired. */
  readonly lifetime: number
  /** Seconds without use after which a token is expired; null is never. */
  readonly idleTime: number | null
}

const SCHEMA = `CREATE TABLE IF NOT EXISTS emporix_token (
  token TEXT PRIMARY KEY,
  issued INTEGER NOT NULL,
  used INTEGER NOT NULL,
  scopes TEXT NOT NULL
)`

/** The tokens that were given out, by the wall clock, so that they survive a restart. */
export class TokenStore {
  readonly #database: Sqlite
  readonly #clock: Clock
  readonly #terms: TokenTerms

  constructor(database: Sqlite, clock: Clock, terms: TokenTerms) {
    this.#database = database
    this.#clock = clock
    this.#terms = terms
    database.exec(SCHEMA)
  }

  issue(scopes: readonly string[]): string {
    const now = this.#clock.wall()
    const count = this.#database.get('SELECT count(*) AS count FROM emporix_token')?.count
    const token = digest(JSON.stringify(['emporix_token', Number(count), now]))
    const sql = 'INSERT INTO emporix_token VALUES (?, ?, ?, ?)'
    this.#database.run(sql, token, now, now, scopes.join(' '))
    return token
  }

  /** The scopes of a token that is in force, and notes its use; else what is wrong with it. */
  use(token: string): ReadonlySet<string> | 'invalid' | 'expired' {
    const row = this.#database.get('SELECT * FROM emporix_token WHERE token = ?', token)
    if (row === undefined) return 'invalid'
    const now = this.#clock.wall()
    const { lifetime, idleTime } = this.#terms
    if (now >= Number(row.issued) + lifetime * 1000) return 'expired'
    if (idleTime !== null && now >= Number(row.used) + idleTime * 1000) return 'expired'
    this.#database.run('UPDATE emporix_token SET used = ? WHERE token = ?', now, token)
    return new Set(String(row.scopes).split(' '))
  }

  clear(): void {
    this.#database.run('DELETE FROM emporix_token')
  }
}
