import type { Sqlite, SqlRow } from '../../lib/sqlite.ts'
import { assetId } from './asset-id.ts'
import type { Upload } from './upload.ts'

export const STATUSES = ['processing', 'ready', 'failed'] as const
export type Status = (typeof STATUSES)[number]

export interface Asset {
  readonly id: string
  readonly upload: Upload
  readonly status: Status
  /** Milliseconds since the epoch. */
  readonly created: number
}

/** Which assets a list shows. */
export interface Filter {
  /** Null shows all. */
  readonly status: Status | null
  /** None shows all. */
  readonly tags: readonly string[]
  readonly tagFilter: 'any' | 'all'
}

const SCHEMA = `CREATE TABLE IF NOT EXISTS productai_asset (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  created REAL NOT NULL,
  doomed INTEGER NOT NULL,
  deleted INTEGER NOT NULL,
  upload TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS productai_tag (
  tag TEXT NOT NULL,
  n INTEGER NOT NULL,
  PRIMARY KEY (tag, n)
) WITHOUT ROWID`

/** All that is held, with the status at the moment up to which assets have been processed. */
const HELD = `SELECT id, created, upload,
  CASE WHEN created > ? THEN 'processing' WHEN doomed THEN 'failed' ELSE 'ready' END AS status
  FROM productai_asset WHERE deleted = 0`
const TAGGED =
  'SELECT n FROM productai_tag WHERE tag IN (SELECT value FROM json_each(?)) GROUP BY n HAVING count(*) >= ?'

/**
 * What the emulated vendor holds. Uploads and tags are kept as JSON texts, which carry every character through SQLite's
 * drivers. Rows stay when their asset is deleted, so that no id is given twice.
 */
export class AssetStore {
  readonly #database: Sqlite
  readonly #fold: (tag: string) => string

  /** @param fold makes one text of tags that are the same to the filter */
  constructor(database: Sqlite, fold: (tag: string) => string) {
    this.#database = database
    this.#fold = fold
    database.exec(SCHEMA)
  }

  /** @param isDoomed true when processing shall fail */
  add(upload: Upload, isDoomed: boolean, created: number): Asset {
    return this.#database.transaction(() => {
      const n = Number(this.#database.get('SELECT coalesce(max(n), 0) + 1 AS n FROM productai_asset')?.n)
      const id = assetId(n, upload.source)
      const row = [n, id, created, Number(isDoomed), 0, JSON.stringify(upload)]
      this.#database.run('INSERT INTO productai_asset VALUES (?, ?, ?, ?, ?, ?)', ...row)
      for (const tag of this.#keys(upload.tags)) this.#database.run('INSERT INTO productai_tag VALUES (?, ?)', tag, n)
      return { id, upload, status: 'processing', created }
    })
  }

  // `processedUntil` is in milliseconds since the epoch; assets that were created later are still in processing.

  find(id: string, processedUntil: number): Asset | null {
    const row = this.#database.get(`${HELD} AND id = ?`, processedUntil, id)
    return row ? toAsset(row) : null
  }

  /** In the order in which they were created. */
  all(processedUntil: number): Asset[] {
    return this.#database.all(`${HELD} ORDER BY n`, processedUntil).map(toAsset)
  }

  /** The newest first. */
  page(filter: Filter, processedUntil: number, offset: number, limit: number): Asset[] {
    const { sql, values } = this.#select(filter, processedUntil)
    return this.#database.all(`${sql} ORDER BY n DESC LIMIT ? OFFSET ?`, ...values, limit, offset).map(toAsset)
  }

  count(filter: Filter, processedUntil: number): number {
    const { sql, values } = this.#select(filter, processedUntil)
    return Number(this.#database.get(`SELECT count(*) AS count FROM (${sql})`, ...values)?.count)
  }

  delete(id: string): void {
    this.#database.run('UPDATE productai_asset SET deleted = 1 WHERE id = ?', id)
  }

  clear(): void {
    this.#database.exec('DELETE FROM productai_asset; DELETE FROM productai_tag')
  }

  #select({ status, tags, tagFilter }: Filter, processedUntil: number): { sql: string; values: (string | number)[] } {
    let sql = HELD
    const values: (string | number)[] = [processedUntil]
    if (status !== null) {
      sql += ' AND status = ?'
      values.push(status)
    }
    if (tags.length > 0) {
      const keys = this.#keys(tags)
      sql += ` AND n IN (${TAGGED})`
      values.push(JSON.stringify(keys), tagFilter === 'all' ? keys.length : 1)
    }
    return { sql, values }
  }

  #keys(tags: readonly string[]): string[] {
    return [...new Set(tags.map(tag => JSON.stringify(this.#fold(tag))))]
  }
}

function toAsset(row: SqlRow): Asset {
  const status = STATUSES.find(each => each === row.status) ?? 'processing'
  return { id: String(row.id), upload: JSON.parse(String(row.upload)), status, created: Number(row.created) }
}
