import type { JsonObject } from './json.ts'

/** One row of a table. `cells` are in the order of the feed's `columns`; a short row has fewer. */
export interface TableRecord {
  /** `file:line`, the line the record starts on, counted from 1. */
  readonly place: string
  readonly cells: readonly string[]
  /** The line it starts on, and a digest of its bytes. Not there where the reader does not tell. */
  readonly line?: number
  readonly digest?: number
  /** What the recogniser told of it, where the reader has one. Of a record that is known the cells are not cut: it has none. */
  readonly known?: number | null | undefined
}

/** Tells records that are as they were when the feed was read last time; to be asked of one after the other. */
export interface Recogniser {
  /** Where a record with this digest was then, if it can be the next one now; null: it is not known. */
  find(digest: number): number | null
  /** Goes on behind the record that was there; null: behind one that is not known. */
  pass(place: number | null): void
}

/** One object of a JSON or NDJSON feed. */
export interface ObjectRecord {
  /** JSON: `file#index`, counted from 0 as in a JSON path; NDJSON: `file:line`. */
  readonly place: string
  readonly value: JsonObject
}

export type FeedRecord = TableRecord | ObjectRecord

/** How a table is written. */
export interface Dialect {
  /** One character. */
  readonly delimiter: string
  /** The standard name of its encoding, such as `utf-8` or `windows-1252`. */
  readonly encoding: string
  /** A byte order mark stands in front. */
  readonly hasMark: boolean
  /** The line end of its first line. */
  readonly lineEnd: '\r\n' | '\n' | '\r'
}

/** A feed that has been opened and recognised. Its records arrive in pages, so that no record costs a promise. */
export interface Feed {
  /** The name used in every place, as the user wrote it; standard input is `stdin`. */
  readonly file: string
  readonly format: 'csv' | 'json' | 'ndjson' | 'xml'
  /** The header of a table, trimmed; null for objects. */
  readonly columns: readonly string[] | null
  /** How a table is written, so that records can be written back the same way; null for objects. */
  readonly dialect: Dialect | null
  /** What was found out by looking ("delimiter ;", "header on line 2"), for people. */
  readonly notes: readonly string[]
  /** Can be read once. Throws a FeedError that says file, line and byte. */
  readonly records: AsyncIterable<readonly FeedRecord[]>
  /** Once the records were read: no line end follows the last one, as in a file that was cut off. JSON and XML know their end. */
  hasOpenEnd(): boolean
  /** From the next page on, records that it knows need not be cut. Not there where records cannot be told by their bytes. */
  recognise?(records: Recogniser): void
}
