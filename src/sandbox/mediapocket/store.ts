import type { Sqlite, SqlRow } from '../../lib/sqlite.ts'
import { assetId } from './asset-id.ts'
import type { Fields } from './fields.ts'

/** A file that the vendor was asked to fetch; it need not have arrived. */
export interface Media {
  readonly url: string
  readonly filename: string
  /** When it was asked for, in milliseconds since the epoch. */
  readonly asked: number
}

export interface Asset {
  readonly id: string
  readonly fields: Fields
  /** What the asset is without an image. */
  readonly kind: 'placeholder' | 'article'
  /** In the order in which they were asked for; the last that has arrived is the asset's image. */
  readonly media: readonly Media[]
  readonly created: number
  readonly modified: number
  readonly trashed: number | null
}

const SCHEMA = `CREATE TABLE IF NOT EXISTS mediapocket_asset (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  external_id TEXT,
  asset TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS mediapocket_external_id ON mediapocket_asset (external_id)`

/**
 * What the emulated installation holds. External ids and assets are kept as JSON texts, which carry every character
 * through SQLite's drivers. Rows stay when their asset is gone, so that no id is given twice.
 */
export class AssetStore {
  readonly #database: Sqlite

  constructor(database: Sqlite) {
    this.#database = database
    database.exec(SCHEMA)
  }

  /** Adds an asset without an image. */
  add(fields: Fields, kind: Asset['kind'], created: number): Asset {
    const n = Number(this.#database.get('SELECT coalesce(max(n), 0) + 1 AS n FROM mediapocket_asset')?.n)
    const id = assetId(n, fields.title)
    const asset = { id, fields, kind, media: [], created, modified: created, trashed: null }
    this.#database.run('INSERT INTO mediapocket_asset VALUES (?, ?, ?, ?)', n, id, ...toRow(asset))
    return asset
  }

  /** Puts the asset in the place of the one with its id. */
  save(asset: Asset): void {
    const sql = 'UPDATE mediapocket_asset SET external_id = ?, asset = ? WHERE id = ?'
    this.#database.run(sql, ...toRow(asset), asset.id)
  }

  find(id: string): Asset | null {
    const row = this.#database.get('SELECT asset FROM mediapocket_asset WHERE id = ?', id)
    return row ? toAsset(row) : null
  }

  withExternalId(externalId: string): Asset[] {
    const sql = 'SELECT asset FROM mediapocket_asset WHERE external_id = ?'
    return this.#database.all(sql, JSON.stringify(externalId)).map(toAsset)
  }

  /** In the order in which they were created. */
  all(): Asset[] {
    return this.#database.all('SELECT asset FROM mediapocket_asset ORDER BY n').map(toAsset)
  }

  clear(): void {
    this.#database.run('DELETE FROM mediapocket_asset')
  }
}

function toRow(asset: Asset): [externalId: string | null, asset: string] {
  const { external_id } = asset.fields
  return [external_id === null ? null : JSON.stringify(external_id), JSON.stringify(asset)]
}

function toAsset(row: SqlRow): Asset {
  return JSON.parse(String(row.asset))
}
