import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { FeedOptions } from '../../src/feeds/index.ts'
import { FeedError } from '../../src/model/errors.ts'
import type { Dialect as FeedDialect, TableRecord } from '../../src/model/record.ts'
import { type Table, tables } from './contract.ts'
import { type Dialect, writeCsv } from './dialect.ts'
import { read } from './reading.ts'

/** How a table is put into a file. */
interface Writing extends Dialect {
  readonly encoding: 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252'
  readonly hasMark: boolean
  readonly isEnded: boolean
  readonly isGzip: boolean
}

/** A file and what must be read from it. */
interface Written {
  readonly bytes: Buffer
  readonly options: Partial<FeedOptions>
  readonly columns: readonly string[]
  readonly records: readonly TableRecord[]
  readonly dialect: FeedDialect
}

const writings: fc.Arbitrary<Writing> = fc
  .record({
    delimiter: fc.constantFrom(',', ';', '\t', '|', '^', '§'),
    lineEnd: fc.constantFrom('\n', '\r\n', '\r'),
    quoting: fc.constantFrom('all' as const, 'needed' as const, 'least' as const),
    padding: fc.constantFrom('', ' ', '\u00a0 '),
    encoding: fc.constantFrom('utf-8' as const, 'utf-16le' as const, 'utf-16be' as const),
    hasMark: fc.boolean(),
    isEnded: fc.boolean(),
    isGzip: fc.boolean(),
  })
  .map(writing => ({ ...writing, hasMark: writing.hasMark || writing.encoding !== 'utf-8' }))

/** What windows-1252 has, in words that it is recognised by. */
const words = fc.constantFrom(
  'Lampe',
  'à poser',
  'Été',
  'Ø 40 cm',
  '5 m²',
  '„weiß“',
  '19,90 €',
  '«CAFÉ»',
  '½ Preis',
  'Straße',
)
const westernTables: fc.Arbitrary<Table> = fc
  .array(fc.tuple(fc.array(words, { maxLength: 4 }), fc.array(words, { maxLength: 4 })), { minLength: 1, maxLength: 8 })
  .map(rows => ({
    columns: ['sku', 'name', 'text'],
    rows: rows.map((texts, at) => [`LMP-${at}`, ...texts.map(text => text.join(' '))]),
  }))
const westernWritings: fc.Arbitrary<Writing> = writings.map(writing => ({
  ...writing,
  delimiter: writing.delimiter === '§' ? ';' : writing.delimiter,
  encoding: 'windows-1252',
  hasMark: false,
  padding: '',
}))

describe('tables in any dialect', () => {
  it('are read back, cell for cell and place for place, whatever is known of the dialect', async () => {
    await fc.assert(
      fc.asyncProperty(tables, writings, fc.integer({ min: 1, max: 100 }), async (table, writing, size) => {
        expect(await readAll(write(table, writing), size)).toEqual(expected(write(table, writing), writing))
      }),
      { numRuns: 500 },
    )
  })

  it('in windows-1252 are read back, which is found and said', async () => {
    await fc.assert(
      fc.asyncProperty(
        westernTables,
        westernWritings,
        fc.integer({ min: 1, max: 100 }),
        async (table, writing, size) => {
          const written = write(table, { ...writing, isEnded: true })
          expect(await readAll(written, size)).toEqual(expected(written, { ...writing, isEnded: true }))
        },
      ),
      { numRuns: 200 },
    )
  })

  it.each([
    ['any table', tables, writings],
    ['a table in windows-1252', westernTables, westernWritings],
  ])(
    'that are cut off are refused, or all but the last record is whole and the end is seen open: %s',
    async (_, any, ways) => {
      await fc.assert(
        fc.asyncProperty(any, ways, fc.nat(), async (table, writing, cut) => {
          const written = write(table, writing)
          const bytes = written.bytes.subarray(0, cut % written.bytes.length)
          const part = await readAll({ ...written, bytes }, 65_536).catch(refused)
          if (part === null) return
          expect(part.columns).toEqual(written.columns)
          expect(part.records.length).toBeLessThanOrEqual(written.records.length)
          const sure = part.isOpen ? part.records.slice(0, -1) : part.records
          expect(sure).toEqual(written.records.slice(0, sure.length))
          expect(part.isOpen).toBe(!/[\r\n]$/.test(decoded(bytes, writing)))
        }),
        { numRuns: 500 },
      )
    },
  )
})

/** Delimiters of which some are inside bare cells, and unusual ones, are not found out. */
function write(table: Table, writing: Writing): Written {
  const { text, lines } = writeCsv(table, writing)
  const whole = writing.isEnded ? text : text.slice(0, -writing.lineEnd.length)
  const plain = encoded((writing.hasMark ? '\ufeff' : '') + whole, writing.encoding)
  const isSaid = writing.quoting === 'least' || ['^', '§'].includes(writing.delimiter)
  return {
    bytes: writing.isGzip ? gzipSync(plain) : plain,
    options: isSaid ? { delimiter: writing.delimiter } : {},
    columns: table.columns,
    records: table.rows.map((cells, at) => ({ place: `stdin:${lines[at]}`, cells })),
    dialect: {
      delimiter: writing.delimiter,
      encoding: isAscii(plain) ? 'utf-8' : writing.encoding,
      hasMark: writing.hasMark,
      lineEnd: writing.lineEnd === '\r' ? '\r' : writing.lineEnd === '\n' ? '\n' : '\r\n',
    },
  }
}

function expected(written: Written, writing: Writing) {
  return { columns: written.columns, records: written.records, dialect: written.dialect, isOpen: !writing.isEnded }
}

async function readAll({ bytes, options }: Written, size: number) {
  const { feed, records } = await read(bytes, options, size)
  return { columns: feed.columns, records: records as TableRecord[], dialect: feed.dialect, isOpen: feed.hasOpenEnd() }
}

function refused(error: unknown): null {
  if (error instanceof FeedError) return null
  throw error
}

function encoded(text: string, encoding: Writing['encoding']): Buffer {
  if (encoding === 'utf-8') return Buffer.from(text)
  if (encoding === 'utf-16le') return Buffer.from(text, 'utf16le')
  if (encoding === 'utf-16be') return Buffer.from(text, 'utf16le').swap16()
  return Buffer.from([...text].map(character => WESTERN.indexOf(character)))
}

function decoded(bytes: Buffer, { encoding }: Writing): string {
  return new TextDecoder(encoding).decode(bytes, { stream: true })
}

function isAscii(bytes: Buffer): boolean {
  return bytes.every(byte => byte < 0x80)
}

/** The characters of windows-1252 in the order of their bytes. */
const WESTERN = [
  ...new TextDecoder('windows-1252').decode(
    Uint8Array.from({ length: 256 }, (_, at) => at),
    { stream: true },
  ),
]
