import type { FeedRecord } from '../model/record.ts'

/** Which parts of a record are the code and the images, and what to do with images that are no usable URL. */
export interface Mapping {
  /** `auto`: the platform is recognised; `none`: nothing is guessed; else the name of a platform, or `generic`. */
  readonly preset: string
  /** Column of a table or path in an object (`variants[0].sku`); null: what the preset says. */
  readonly code: string | null
  /** Columns or paths in rank order; `*` stands for digits or nothing. Empty: what the preset says. */
  readonly images: readonly string[]
  /** Long layout: the column that ranks the images of a record. */
  readonly position: string | null
  /** Text between the URLs of one cell; null: what the preset says, else a cell is one URL. */
  readonly separator: string | null
  /** Base of relative image paths; null: what the preset says. */
  readonly imageBaseUrl: string | null
  readonly onBadImage: 'reject-product' | 'drop-image' | 'send-anyway'
  /** Further columns that targets need. */
  readonly fields: readonly string[]
  /** Further names that stand for a column where the feed has one, and for themselves where it has none. */
  readonly optionalFields: readonly string[]
}

/** How the records of one file are read. */
export interface Binding {
  /** What was chosen, in words; the code column comes from `codes`. */
  readonly notes: readonly string[]
  /** Where codes may be, by preference: one counts where those before it are blank in every record. */
  readonly codes: readonly string[]
  /** What a code is found in: "column" or "path". */
  readonly kind: 'column' | 'path'
  /** Base of relative image paths, if any. */
  readonly imageBaseUrl: string | null
  /** The records of one product are told by their group, and whether all its codes share all its images; null: by the code. */
  readonly groupImages: 'shared' | 'own' | null
  read(record: FeedRecord): Reading
  /** To be called after the last record: what no record of the file had is a FeedError. */
  end(): void
}

/** The texts of one record that matter, not yet judged. */
export interface Reading {
  readonly place: string
  /** For each of the binding's `codes`: the trimmed codes of the record, none when it is blank. */
  readonly codes: readonly (readonly string[])[]
  /** Why the code cannot be used although there is one, where that is known before it is a text. */
  readonly badCode: { readonly message: string; readonly fix: string } | null
  /** What ties the record to others of the same product; empty when it stands for itself. */
  readonly group: string
  /** Trimmed, not blank, in rank order. */
  readonly images: readonly string[]
  /** Does it list a whole gallery, rather than one image of several records? */
  readonly isList: boolean
  /** None, one for all images, or one for each; any other number of them is a fault of the record. */
  readonly positions: readonly string[]
  readonly fields: Readonly<Record<string, string>>
  /** Nothing at all in the whole record. */
  readonly blank: boolean
}
