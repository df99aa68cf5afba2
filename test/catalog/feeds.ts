import { type Catalog, type CatalogOptions, readCatalog } from '../../src/catalog/index.ts'
import type { Mapping, Reading } from '../../src/catalog/mapping.ts'
import type { Json, JsonObject } from '../../src/model/json.ts'
import type { Product, Rejection } from '../../src/model/product.ts'
import type { Feed, FeedRecord } from '../../src/model/record.ts'
import type { FeedSummary } from '../../src/model/report.ts'

/** Feeds hand over their records in pages; small ones here, so that products lie across their borders. */
const RECORDS_PER_PAGE = 3

export function aMapping(facts: Partial<Mapping> = {}): Mapping {
  return {
    preset: 'auto',
    code: null,
    images: [],
    position: null,
    separator: null,
    imageBaseUrl: null,
    onBadImage: 'reject-product',
    fields: [],
    optionalFields: [],
    ...facts,
  }
}

/** What one record says, as a binding hands it on. */
export function aReading(facts: Partial<Reading> = {}): Reading {
  return {
    place: 'lamps.csv:2',
    codes: [['LAMP-1']],
    badCode: null,
    group: '',
    images: [url('a')],
    isList: false,
    positions: [],
    fields: {},
    blank: false,
    ...facts,
  }
}

/** A table as it comes from a CSV file: `lamps.csv`, header on line 1. */
export function aTable(
  columns: readonly string[],
  rows: readonly (readonly string[])[],
  file = 'lamps.csv',
  notes: readonly string[] = [],
): Feed {
  const records = rows.map((cells, at) => ({ place: `${file}:${at + 2}`, cells }))
  const dialect = { delimiter: ',', encoding: 'utf-8', hasMark: false, lineEnd: '\n' } as const
  return { file, format: 'csv', columns, dialect, notes, records: pages(records), hasOpenEnd: () => false }
}

/** An array of objects as it comes from a JSON file. */
export function objects(values: readonly Json[], file = 'lamps.json'): Feed {
  const records = values.map((value, at) => ({ place: `${file}#${at}`, value: value as JsonObject }))
  return {
    file,
    format: 'json',
    columns: null,
    dialect: null,
    notes: [],
    records: pages(records),
    hasOpenEnd: () => false,
  }
}

async function* pages(records: readonly FeedRecord[]): AsyncGenerator<readonly FeedRecord[]> {
  yield []
  for (let start = 0; start < records.length; start += RECORDS_PER_PAGE) {
    yield records.slice(start, start + RECORDS_PER_PAGE)
  }
}

export async function* source(...feeds: Feed[]): AsyncGenerator<Feed> {
  yield* feeds
}

export function someOptions(facts: Partial<CatalogOptions> = {}): CatalogOptions {
  return { mapping: aMapping(), keepOriginals: false, progress: () => undefined, ...facts }
}

export interface Read {
  readonly entries: readonly (Product | Rejection)[]
  readonly summary: FeedSummary
  /** With the name of their file in front. */
  readonly notes: readonly string[]
}

/** Everything that a catalog says of these feeds. */
export async function read(feeds: Feed | readonly Feed[], mapping: Partial<Mapping> = {}): Promise<Read> {
  const catalog = await readCatalog(source(...[feeds].flat()), someOptions({ mapping: aMapping(mapping) }))
  try {
    return { entries: [...catalog.entries()], summary: catalog.summary, notes: notesOf(catalog) }
  } finally {
    catalog.close()
  }
}

function notesOf({ files }: Catalog): string[] {
  return files.flatMap(({ file, notes }) => notes.map(note => `${file}: ${note}`))
}

/** The galleries by code, or the reason why there is none, in the order of the feed. */
export async function galleries(
  feeds: Feed | readonly Feed[],
  mapping: Partial<Mapping> = {},
): Promise<(readonly [string | null, readonly string[] | string])[]> {
  const { entries } = await read(feeds, mapping)
  return entries.map(entry => [entry.code, 'reason' in entry ? entry.reason : entry.gallery] as const)
}

/** `url('a')` is a believable address. */
export function url(name: string): string {
  return `https://cdn.example.com/${name}.jpg`
}
