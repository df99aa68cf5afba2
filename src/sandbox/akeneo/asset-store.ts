import type { Sqlite, SqlRow } from '../../lib/sqlite.ts'

export interface AssetValue {
  readonly attribute: string
  readonly locale: string | null
  readonly channel: string | null
  readonly data: string
}

export interface Asset {
  readonly code: string
  /** In the order in which they were first written. */
  readonly values: readonly AssetValue[]
  /** Milliseconds since the epoch. */
  readonly created: number
  readonly updated: number
}

const SCHEMA = `CREATE TABLE IF NOT EXISTS akeneo_asset (
  key TEXT PRIMARY KEY,
  code TEXT NOT NULL,
  content TEXT NOT NULL,
  created INTEGER NOT NULL,
  updated INTEGER NOT NULL
)`

/** The assets of the family, a row each. */
export class AssetStore {
  readonly #database: Sqlite
  readonly #ignoresCase: boolean

  constructor(database: Sqlite, ignoresCase: boolean) {
    this.#database = database
    this.#ignoresCase = ignoresCase
    database.exec(SCHEMA)
  }

  /** What makes codes the same asset, and orders them. */
  keyOf(code: string): string {
    return this.#ignoresCase ? code.toLowerCase() : code
  }

  find(code: string): Asset | null {
    const row = this.#database.get('SELECT * FROM akeneo_asset WHERE key = ?', this.keyOf(code))
    return row ? toAsset(row) : null
  }

  all(): Asset[] {
    return this.#database.all('SELECT * FROM akeneo_asset ORDER BY key').map(toAsset)
  }

  /** At most `limit` assets after the key, none of them created after the time. */
  page(after: string, limit: number, createdUntil: number): Asset[] {
    const sql = 'SELECT * FROM akeneo_asset WHERE key > ? AND created <= ? ORDER BY key LIMIT ?'
    return this.#database.all(sql, after, createdUntil, limit).map(toAsset)
  }

  /** Creates the asset, or puts it in the place of the one with its key, which keeps its code. */
  save({ code, values, created, updated }: Asset): void {
    const sql = `INSERT INTO akeneo_asset VALUES (?, ?, ?, ?, ?)
      ON CONFLICT (key) DO UPDATE SET content = excluded.content, updated = excluded.updated`
    this.#database.run(sql, this.keyOf(code), code, JSON.stringify(values), created, updated)
  }

  remove(code: string): void {
    this.#database.run('DELETE FROM akeneo_asset WHERE key = ?', this.keyOf(code))
  }

  clear(): void {
    this.#database.run('DELETE FROM akeneo_asset')
  }
}

function toAsset({ code, content, created, updated }: SqlRow): Asset {
  return {
    code: String(code),
    values: JSON.parse(String(content)),
    created: Number(created),
    updated: Number(updated),
  }
}
