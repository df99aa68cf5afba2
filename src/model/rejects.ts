import type { JsonObject } from './json.ts'
import type { Dialect, Feed } from './record.ts'

/** Columns that refused records get besides their own: why, and what to do. A feed that has them is a corrected part. */
export const REASON = 'assetsync_reason'
export const FIX = 'assetsync_fix'

/** How one file of a source is written. */
export interface FeedFile {
  readonly file: string
  readonly format: Feed['format']
  /** The header of a table; null for objects. */
  readonly columns: readonly string[] | null
  readonly dialect: Dialect | null
}

/** A record as it was written. One of `cells` and `value` is null. */
export interface Original {
  /** Which of the files it is from. */
  readonly file: number
  readonly place: string
  readonly codes: readonly string[]
  readonly cells: readonly string[] | null
  readonly value: JsonObject | null
}

/** A record of a refused product, ready to be corrected and fed back. */
export interface RejectedRecord extends Original {
  /** Why and what to do; empty for a record without a fault of its own, whose product was refused for another one. */
  readonly reason: string
  readonly fix: string
}

/** What `--rejects` writes. */
export interface Rejects {
  readonly files: readonly FeedFile[]
  records(): Iterable<RejectedRecord>
}
