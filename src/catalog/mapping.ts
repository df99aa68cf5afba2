import type { FeedRecord } from '../model/record.ts'

/** Which parts of a record are the code and the images, and what to do with images that are no usable URL. */
export interface Mapping {
  /** Column of a table or path in an object (`variants[0].sku`); null: one of the usual names. */
  readonly code: string | null
  /** Columns or paths in rank order; `*` stands for digits or nothing. Empty: the usual names. */
  readonly images: readonly string[]
  /** Long layout: the column that ranks the images of a record. */
  readonly position: string | null
  /** Text between the URLs of one cell; null: a cell is one URL. */
  readonly separator: string | null
  /** Base of relative image paths. */
  readonly imageBaseUrl: string | null
  readonly onBadImage: 'reject-product' | 'drop-image' | 'send-anyway'
  /** May the usual names be tried where code or images are not given? */
  readonly guess: boolean
  /** Further columns that targets need. */
  readonly fields: readonly string[]
  /** Further names that stand for a column where the feed has one, and for themselves where it has none. */
  readonly optionalFields: readonly string[]
}

/** How the records of one file are read. */
export interface Binding {
  /** What was chosen, in words. */
  readonly notes: readonly string[]
  read(record: FeedRecord): Reading
  /** To be called after the last record: what no record of the file had is a FeedError. */
  end(): void
}

/** The texts of one record that matter, not yet judged. */
export interface Reading {
  readonly place: string
  /** Trimmed; empty when the record has none. */
  readonly code: string
  /** Why the code cannot be used although there is one, or null. */
  readonly badCode: string | null
  /** Trimmed, not blank, in rank order. */
  readonly images: readonly string[]
  /** None, one for all images, or one for each; any other number of them is a fault of the record. */
  readonly positions: readonly string[]
  readonly fields: Readonly<Record<string, string>>
  /** Nothing at all in the whole record. */
  readonly blank: boolean
}
