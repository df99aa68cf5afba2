import type { Sqlite, SqlRow } from '../../lib/sqlite.ts'

/** The assets of one type that one code has in one channel: what GET /assets calls a group. */
export interface Group {
  readonly channel: string
  readonly code: string
  readonly type: string
  /** URL by attribute name. */
  readonly assets: ReadonlyMap<string, string>
}

// Codes are kept as JSON texts: SQLite's drivers cut a text at NUL and make one character of all lone surrogates.
const SCHEMA = `CREATE TABLE IF NOT EXISTS catalogix_group (
  channel TEXT NOT NULL,
  code TEXT NOT NULL,
  type TEXT NOT NULL,
  assets TEXT NOT NULL,
  PRIMARY KEY (channel, code, type)
)`

/** What the emulated store holds, a row per group. Groups without assets do not exist. */
export class AssetStore {
  readonly #database: Sqlite

  constructor(database: Sqlite) {
    this.#database = database
    database.exec(SCHEMA)
  }

  /** All of `work` or nothing of it. */
  transaction<T>(work: () => T): T {
    return this.#database.transaction(work)
  }

  groupsOf(channel: string, code: string): Group[] {
    const sql = 'SELECT * FROM catalogix_group WHERE channel = ? AND code = ?'
    return this.#database.all(sql, JSON.stringify(channel), JSON.stringify(code)).map(toGroup)
  }

  all(): Group[] {
    return this.#database.all('SELECT * FROM catalogix_group ORDER BY channel, code, type').map(toGroup)
  }

  page(channel: string, type: string, offset: number, limit: number): Group[] {
    const sql = 'SELECT * FROM catalogix_group WHERE channel = ? AND type = ? ORDER BY code LIMIT ? OFFSET ?'
    return this.#database.all(sql, JSON.stringify(channel), type, limit, offset).map(toGroup)
  }

  count(channel: string, type: string): number {
    const sql = 'SELECT count(*) AS count FROM catalogix_group WHERE channel = ? AND type = ?'
    return Number(this.#database.get(sql, JSON.stringify(channel), type)?.count)
  }

  /** Puts the group in the place of what was held for its channel, code and type. */
  replace(group: Group): void {
    const key = [JSON.stringify(group.channel), JSON.stringify(group.code), group.type]
    if (group.assets.size === 0) {
      this.#database.run('DELETE FROM catalogix_group WHERE channel = ? AND code = ? AND type = ?', ...key)
    } else {
      const assets = JSON.stringify(Object.fromEntries(group.assets))
      this.#database.run('INSERT OR REPLACE INTO catalogix_group VALUES (?, ?, ?, ?)', ...key, assets)
    }
  }

  clear(): void {
    this.#database.run('DELETE FROM catalogix_group')
  }
}

function toGroup(row: SqlRow): Group {
  return {
    channel: JSON.parse(String(row.channel)),
    code: JSON.parse(String(row.code)),
    type: String(row.type),
    assets: new Map(Object.entries(JSON.parse(String(row.assets)))),
  }
}
