import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Encoding } from '../../src/feeds/encoding.ts'
import { Peekable } from '../../src/feeds/peekable.ts'
import { type Row, recordDigest } from '../../src/feeds/row.ts'
import { RowReader } from '../../src/feeds/row-reader.ts'
import { RowParser } from '../../src/feeds/rows.ts'
import type { Text } from '../../src/feeds/text.ts'
import { FeedError } from '../../src/model/errors.ts'
import type { Recogniser } from '../../src/model/record.ts'
import { anyTables, type Written } from './fast/tables.ts'
import { cut, Source } from './reading.ts'

/** More of them by hand: CSV_RUNS=300000 npx vitest run --config test/vitest.config.ts test/feeds/row-reader.test.ts */
const RUNS = Number(process.env.CSV_RUNS ?? 1000)

const START = { line: 1, byte: 0 }
const TEXT: Text = {
  file: 'lamps.csv',
  bytes: new Peekable(new Source([])),
  encoding: new Encoding('utf-8', false),
  origin: 0,
  notes: [],
}

describe('rows', () => {
  it(
    'are those of csv-parse, cell for cell and place for place, faults included, however they come',
    async () => {
      await fc.assert(
        fc.asyncProperty(anyTables, fc.integer({ min: 1, max: 64 }), async (written, size) => {
          const expected = await byParser(written, 65_536)
          expect(await byReader(written, size)).toEqual(expected)
          expect(await byReader(written, 65_536)).toEqual(expected)
        }),
        { numRuns: RUNS },
      )
    },
    20_000 + RUNS * 10,
  )
})

describe('rows that are known', () => {
  it(
    'are the same rows as if they were cut, and so are those between them',
    async () => {
      await fc.assert(
        fc.asyncProperty(anyTables, fc.integer({ min: 1, max: 64 }), fc.nat(6), async (written, size, columns) => {
          const expected = await byReader(written, size)
          const whole = expected.rows.map(row => recordDigest(row, columns))
          const known = new Known(whole.filter((_, at) => at % 3 !== 0))
          const reader = new RowReader(TEXT, written.delimiter)
          reader.recognise({ records: known, columns })
          const { rows, ...end } = await readAll(reader, written.text, size)
          expect(end).toEqual({ message: expected.message, fix: expected.fix })
          const cut = rows.map(({ known: _, ...row }, at) => {
            const { cells = [], stray = null } = expected.rows[at] ?? {}
            return row.cells.length === 0 ? { ...row, cells, stray } : row
          })
          expect(cut).toEqual(expected.rows)
          for (const [at, { cells, known: place }] of rows.entries()) {
            expect(place === null).toBe(!known.digests.has(whole[at] ?? 0))
            if (cells.length === 0) expect(expected.rows[at]?.cells.length).toBeGreaterThanOrEqual(columns)
          }
        }),
        { numRuns: RUNS },
      )
    },
    20_000 + RUNS * 10,
  )

  it('are not cut, unless they are short or take several lines', async () => {
    const text = 'LMP-1,Lamp\nLMP-2,"Floor\nlamp"\r\nLMP-3\r\nLMP-4,"12"" lamp"\r\nLMP-5,Lamp'
    const { rows } = await readAll(new RowReader(TEXT, ','), text, 100)
    const reader = new RowReader(TEXT, ',')
    reader.recognise({ records: new Known(rows.map(row => recordDigest(row, 2))), columns: 2 })
    const again = await readAll(reader, text, 100)
    expect(again.rows.map(({ line, cells }) => [line, ...cells])).toEqual([
      [1],
      [2, 'LMP-2', 'Floor\nlamp'],
      [4, 'LMP-3'],
      [5],
      [6, 'LMP-5', 'Lamp'],
    ])
    expect(again.rows.every(({ known }) => known === 0)).toBe(true)
  })
})

/** Knows these, in any order. */
class Known implements Recogniser {
  readonly digests: ReadonlySet<number>

  constructor(digests: readonly number[]) {
    this.digests = new Set(digests)
  }

  find(digest: number): number | null {
    return this.digests.has(digest) ? 0 : null
  }

  pass(): void {}
}

interface Rows {
  read(chunk: Buffer): AsyncIterable<readonly Row[]>
  end(): AsyncIterable<readonly Row[]>
}

function byParser({ text, delimiter }: Written, size: number) {
  return readAll(new RowParser(TEXT, delimiter, START), text, size)
}

function byReader({ text, delimiter }: Written, size: number) {
  return readAll(new RowReader(TEXT, delimiter), text, size)
}

/** All rows, and what is said instead of further ones. */
async function readAll(reader: Rows, text: string, size: number) {
  const rows: Row[] = []
  try {
    for (const chunk of cut(Buffer.from(text), size)) {
      for await (const some of reader.read(Buffer.from(chunk))) rows.push(...some)
    }
    for await (const some of reader.end()) rows.push(...some)
  } catch (error) {
    if (!(error instanceof FeedError)) throw error
    return { rows, message: error.message, fix: error.fix }
  }
  return { rows, message: null, fix: null }
}
