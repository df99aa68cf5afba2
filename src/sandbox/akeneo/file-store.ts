import { digest } from '../../lib/hash.ts'
import type { Sqlite } from '../../lib/sqlite.ts'

export interface MediaFile {
  readonly filename: string
  readonly bytes: number
}

const SCHEMA = `CREATE TABLE IF NOT EXISTS akeneo_file (
  number INTEGER PRIMARY KEY,
  code TEXT NOT NULL UNIQUE,
  filename TEXT NOT NULL,
  bytes INTEGER NOT NULL
)`

/** The uploaded media files, without their contents. Filenames are kept as JSON texts, which survive any character. */
export class FileStore {
  readonly #database: Sqlite

  constructor(database: Sqlite) {
    this.#database = database
    database.exec(SCHEMA)
  }

  /** Every upload gets a code of its own, the same bytes too. */
  add({ filename, bytes }: MediaFile): string {
    const number = Number(this.#database.get('SELECT coalesce(max(number), 0) + 1 AS next FROM akeneo_file')?.next)
    const code = codeOf(number, filename)
    this.#database.run('INSERT INTO akeneo_file VALUES (?, ?, ?, ?)', number, code, JSON.stringify(filename), bytes)
    return code
  }

  find(code: string): MediaFile | null {
    const row = this.#database.get('SELECT filename, bytes FROM akeneo_file WHERE code = ?', code)
    return row ? { filename: JSON.parse(String(row.filename)), bytes: Number(row.bytes) } : null
  }

  clear(): void {
    this.#database.run('DELETE FROM akeneo_file')
  }
}

/** Like `5/1/d/8/51d81dc778ba1501a8f998f3ab579756_img.png`. */
function codeOf(number: number, filename: string): string {
  const hex = Buffer.from(digest(`${number} ${filename}`), 'base64url').toString('hex')
  return `${hex.slice(0, 4).split('').join('/')}/${hex}_${filename.replace(/[^a-zA-Z0-9.]/g, '_')}`
}
