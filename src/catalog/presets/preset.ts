/**
 * What a column is called, the usual name first, then older and localised ones. Capitals, blanks and punctuation do not
 * count; `*` stands for digits or nothing.
 */
export type Names = readonly string[]

/** What a platform's exports look like. A platform may have several forms: older versions, a bulk edit template, JSON. */
export interface Preset {
  /** As `feed.preset` takes it. */
  readonly name: string
  /** What the files are, in words: "Shopify product export". */
  readonly title: string
  /** The vendor's page that describes them. */
  readonly docs: string
  readonly tables: readonly TableForm[]
  readonly objects: readonly ObjectForm[]
}

/** A table with a header. */
export interface TableForm {
  /** Columns that together are found in no other platform's files. All of them must be there. */
  readonly signature: readonly Names[]
  /** Columns of the product code by preference: one counts where those before it are blank in every record. */
  readonly code: readonly Names[]
  /** Columns of the images in rank order; those that a file lacks are left out, at least one must be there. */
  readonly images: readonly Names[]
  /** Column that ranks the images where each record has one. */
  readonly position?: Names
  /** Text between the images of one cell; a blank stands for blanks and line ends. */
  readonly separator?: string
  readonly group?: Group
  /** What the platform writes where there is no image. */
  readonly noImage?: string
  /** Where the platform serves the media that its files name by id or relative path, if that is the same for all its users. */
  readonly imageBaseUrl?: string
}

/**
 * Which records belong together although their code differs or is missing: the variants and further images of one product.
 * A record without a code continues the one above it; images that come before the first code belong to all codes.
 */
export interface Group {
  readonly column: Names
  /** Blank cells continue the group above. */
  readonly fillDown: boolean
  /** The word in the column that begins a new group; without it every other text is another group. */
  readonly starts?: string
  /** `shared`: all codes have all images; `own`: an image belongs to the code of its record. */
  readonly images: 'shared' | 'own'
}

/** Objects of JSON, NDJSON or XML. Paths as in `variants[].sku`; a path with several values names several products. */
export interface ObjectForm {
  /** Keys of the first object that together are found in no other platform's files; a dotted path leads into objects. */
  readonly signature: readonly string[]
  /** Paths of the product code by preference: one counts where those before it are blank in every record. */
  readonly code: readonly string[]
  /** Paths of the images in rank order. */
  readonly images: readonly string[]
  /** Path that ranks the images, one value for each. */
  readonly position?: string
  readonly separator?: string
  readonly imageBaseUrl?: string
}
