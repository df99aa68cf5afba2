import type { JsonObject } from './json.ts'

/** One row of a table. `cells` are in the order of the feed's `columns`; a short row has fewer. */
export interface TableRecord {
  /** `file:line`, the line the record starts on, counted from 1. */
  readonly place: string
  readonly cells: readonly string[]
}

/** One object of a JSON or NDJSON feed. */
export interface ObjectRecord {
  /** JSON: `file#index`, counted from 0 as in a JSON path; NDJSON: `file:line`. */
  readonly place: string
  readonly value: JsonObject
}

export type FeedRecord = TableRecord | ObjectRecord

/** A feed that has been opened and recognised. Its records arrive in pages, so that no record costs a promise. */
export interface Feed {
  /** The name used in every place, as the user wrote it; standard input is `stdin`. */
  readonly file: string
  readonly format: 'csv' | 'json' | 'ndjson'
  /** The header of a table, trimmed; null for objects. */
  readonly columns: readonly string[] | null
  /** What was found out by looking ("delimiter ;", "header on line 2"), for people. */
  readonly notes: readonly string[]
  /** Can be read once. Throws a FeedError that says file, line and byte. */
  readonly records: AsyncIterable<readonly FeedRecord[]>
}
