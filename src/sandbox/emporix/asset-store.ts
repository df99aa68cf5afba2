import type { Sqlite, SqlRow } from '../../lib/sqlite.ts'
import type { Asset } from './asset.ts'

// Ids are kept as JSON texts: SQLite's drivers cut a text at NUL and make one character of all lone surrogates.
const SCHEMA = `
CREATE TABLE IF NOT EXISTS emporix_asset (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  asset TEXT NOT NULL,
  content TEXT
);
CREATE TABLE IF NOT EXISTS emporix_ref (
  ref TEXT NOT NULL,
  asset TEXT NOT NULL,
  PRIMARY KEY (ref, asset)
);
CREATE INDEX IF NOT EXISTS emporix_ref_asset ON emporix_ref (asset)`

/** What the emulated media service holds, in the order of creation. */
export class AssetStore {
  readonly #database: Sqlite

  constructor(database: Sqlite) {
    this.#database = database
    database.exec(SCHEMA)
  }

  /** The number of the asset that is inserted next; a number is never given twice, even after its asset is removed. */
  nextNumber(): number {
    const row = this.#database.get("SELECT seq FROM sqlite_sequence WHERE name = 'emporix_asset'")
    return Number(row?.seq ?? 0) + 1
  }

  find(id: string): Asset | null {
    const row = this.#database.get('SELECT asset FROM emporix_asset WHERE id = ?', JSON.stringify(id))
    return row ? toAsset(row) : null
  }

  /** The bytes that were given with the asset, or none. */
  contentOf(id: string): Buffer {
    const row = this.#database.get('SELECT content FROM emporix_asset WHERE id = ?', JSON.stringify(id))
    return Buffer.from(String(row?.content ?? ''), 'base64')
  }

  all(): Asset[] {
    return this.#database.all('SELECT asset FROM emporix_asset ORDER BY number').map(toAsset)
  }

  /** The assets that refer to at least one of these ids. */
  referringTo(refs: readonly string[]): Asset[] {
    const found = this.#database.all(
      `SELECT asset FROM emporix_asset
       WHERE id IN (SELECT asset FROM emporix_ref WHERE ref IN (SELECT value FROM json_each(?))) ORDER BY number`,
      JSON.stringify(refs.map(ref => JSON.stringify(ref))),
    )
    return found.map(toAsset)
  }

  /** Throws when the id is taken. @param content null when nobody can ask for it again */
  insert(asset: Asset, content: Buffer | null): void {
    this.#database.transaction(() => {
      const sql = 'INSERT INTO emporix_asset (id, asset, content) VALUES (?, ?, ?)'
      this.#database.run(sql, JSON.stringify(asset.id), JSON.stringify(asset), encode(content))
      this.#insertRefs(asset)
    })
  }

  /** Puts the asset in the place of the one with its id. */
  replace(asset: Asset, content: Buffer | null): void {
    this.#database.transaction(() => {
      const id = JSON.stringify(asset.id)
      const sql = 'UPDATE emporix_asset SET asset = ?, content = ? WHERE id = ?'
      this.#database.run(sql, JSON.stringify(asset), encode(content), id)
      this.#database.run('DELETE FROM emporix_ref WHERE asset = ?', id)
      this.#insertRefs(asset)
    })
  }

  remove(id: string): void {
    this.#database.transaction(() => {
      this.#database.run('DELETE FROM emporix_ref WHERE asset = ?', JSON.stringify(id))
      this.#database.run('DELETE FROM emporix_asset WHERE id = ?', JSON.stringify(id))
    })
  }

  clear(): void {
    this.#database.transaction(() => {
      this.#database.run('DELETE FROM emporix_ref')
      this.#database.run('DELETE FROM emporix_asset')
      this.#database.run("DELETE FROM sqlite_sequence WHERE name = 'emporix_asset'")
    })
  }

  #insertRefs({ id, refIds }: Asset): void {
    const sql = 'INSERT OR IGNORE INTO emporix_ref VALUES (?, ?)'
    for (const ref of refIds) this.#database.run(sql, JSON.stringify(ref.id), JSON.stringify(id))
  }
}

function toAsset(row: SqlRow): Asset {
  return JSON.parse(String(row.asset))
}

function encode(content: Buffer | null): string | null {
  return content?.toString('base64') ?? null
}
