import type { Sqlite, SqlRow } from '../../lib/sqlite.ts'

export interface Product {
  readonly identifier: string
  /** Asset codes in order, by attribute; attributes without any are not there. */
  readonly collections: ReadonlyMap<string, readonly string[]>
}

// Identifiers are kept as JSON texts: SQLite's drivers cut a text at NUL and make one character of all lone surrogates.
const SCHEMA = `CREATE TABLE IF NOT EXISTS akeneo_product (
  identifier TEXT PRIMARY KEY,
  collections TEXT NOT NULL
)`

/** The products that were written, a row each. */
export class ProductStore {
  readonly #database: Sqlite

  constructor(database: Sqlite) {
    this.#database = database
    database.exec(SCHEMA)
  }

  find(identifier: string): Product | null {
    const sql = 'SELECT * FROM akeneo_product WHERE identifier = ?'
    const row = this.#database.get(sql, JSON.stringify(identifier))
    return row ? toProduct(row) : null
  }

  all(): Product[] {
    return this.#database.all('SELECT * FROM akeneo_product ORDER BY identifier').map(toProduct)
  }

  save({ identifier, collections }: Product): void {
    const sql = 'INSERT OR REPLACE INTO akeneo_product VALUES (?, ?)'
    this.#database.run(sql, JSON.stringify(identifier), JSON.stringify([...collections]))
  }

  clear(): void {
    this.#database.run('DELETE FROM akeneo_product')
  }
}

function toProduct({ identifier, collections }: SqlRow): Product {
  return { identifier: JSON.parse(String(identifier)), collections: new Map(JSON.parse(String(collections))) }
}
