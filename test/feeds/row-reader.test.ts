import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Encoding } from '../../src/feeds/encoding.ts'
import { Peekable } from '../../src/feeds/peekable.ts'
import type { Row } from '../../src/feeds/row.ts'
import { RowReader } from '../../src/feeds/row-reader.ts'
import { RowParser } from '../../src/feeds/rows.ts'
import type { Text } from '../../src/feeds/text.ts'
import { FeedError } from '../../src/model/errors.ts'
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
