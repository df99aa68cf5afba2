import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FeedError } from '../../src/model/errors.ts'
import type { Feed, FeedRecord } from '../../src/model/record.ts'
import { cut, openInput, read, recordsOf, refusal, Source } from './reading.ts'

export interface Table {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

/** What the contract kit needs to know of a format. */
export interface FeedKit {
  readonly format: Feed['format']
  /** A feed with these records, one per line as far as cells allow. */
  write(table: Table, lineEnd: string): string
  /** Place of a record of `write`, none of whose cells has a line break. */
  place(index: number): string
  /** Well-formed feeds with no record in them. */
  readonly withoutRecords: readonly string[]
  /** True when the format shows where a feed must end, so that a cut is noticed at any byte. */
  readonly noticesCuts: boolean
}

const LAMPS: Table = {
  columns: ['sku', 'name', 'image_1'],
  rows: [
    ['LMP-0001', 'Lampe „Été“ 40 cm', 'https://images.example.com/lamps/ete.jpg'],
    ['007', ' spaces kept ', 'https://images.example.com/lamps/007.jpg?a=1&b=2'],
    ['0', '電気スタンド 💡', ''],
    ['1E5', '#5 "Edison", 12" bulb', 'https://images.example.com/lamps/a;b|c.jpg'],
    ['__proto__', 'constructor', 'toString'],
    ['constructor', '{"a":[1]}', '<b>'],
  ],
}

/** The sentences of the contract in src/feeds/feed.ts, for one reader. */
export function describeFeed(kit: FeedKit): void {
  const text = kit.write(LAMPS, '\n')

  describe(`${kit.format} feed, by contract`, () => {
    it('is recognised by its content', async () => {
      const { feed } = await read(text)
      expect({ file: feed.file, format: feed.format }).toEqual({ file: 'stdin', format: kit.format })
    })

    it('gives every record once, in order, with its place', async () => {
      const { records } = await read(text)
      expect(records.map(record => record.place)).toEqual(LAMPS.rows.map((_, index) => kit.place(index)))
    })

    it('gives texts as they were written, codes such as 007, 0, 1E5 and __proto__ included', async () => {
      const { feed, records } = await read(text)
      expect(rowsOf(feed, records, LAMPS.columns)).toEqual(LAMPS.rows)
    })

    it('reads any text in any cell back', async () => {
      await fc.assert(
        fc.asyncProperty(tables, fc.integer({ min: 1, max: 50 }), async (table, size) => {
          const { feed, records } = await read(kit.write(table, '\n'), {}, size)
          expect(rowsOf(feed, records, table.columns)).toEqual(table.rows)
        }),
        { numRuns: 200 },
      )
    })

    it('does not care where a chunk ends, not even inside a character', async () => {
      const bytes = Buffer.from(text)
      const { records } = await read(bytes)
      for (let at = 0; at <= bytes.length; at++) {
        const feed = await openInput(new Source([bytes.subarray(0, at), bytes.subarray(at)]))
        expect(await recordsOf(feed)).toEqual(records)
      }
    })

    it.each([1, 2, 3, 7])('does not care when bytes come %i at a time', async size => {
      expect((await read(text, {}, size)).records).toEqual((await read(text)).records)
    })

    it.each(['\n', '\r\n'])('does not care about line ends (%j) and whether the last line has one', async lineEnd => {
      const { records } = await read(text)
      const same = kit.write(LAMPS, lineEnd)
      expect((await read(same)).records).toEqual(records)
      expect((await read(same.trimEnd())).records).toEqual(records)
      expect((await read(`${same}${lineEnd}  ${lineEnd}`)).records).toEqual(records)
    })

    it.each(['\ufeff', '\ufeff\ufeff'])('ignores byte order marks (%j)', async mark => {
      expect((await read(mark + text)).records).toEqual((await read(text)).records)
      expect((await read(mark + text, {}, 1)).records).toEqual((await read(text)).records)
    })

    it('reads UTF-16 by its byte order mark, and says so', async () => {
      const { feed, records } = await read(Buffer.from(`\ufeff${text}`, 'utf16le'), {}, 7)
      expect(records).toEqual((await read(text)).records)
      expect(feed.notes).toContain('encoding utf-16le')
    })

    it('hands records over in pages of at most 500', async () => {
      const rows = Array.from({ length: 1234 }, (_, at) => [
        `LMP-${at}`,
        'Desk lamp',
        `https://images.example.com/${at}`,
      ])
      const feed = await openInput(new Source([Buffer.from(kit.write({ columns: LAMPS.columns, rows }, '\n'))]))
      const pages: number[] = []
      for await (const page of feed.records) pages.push(page.length)
      expect(pages.reduce((sum, length) => sum + length)).toBe(1234)
      expect(pages.filter(length => length === 0 || length > 500)).toEqual([])
    })

    it('does not read ahead of who takes the records', async () => {
      const rows = Array.from({ length: 20_000 }, (_, at) => [
        `LMP-${at}`,
        'Desk lamp',
        `https://images.example.com/${at}`,
      ])
      const bytes = Buffer.from(kit.write({ columns: LAMPS.columns, rows }, '\n'))
      const source = new Source(cut(bytes, 4096))
      const feed = await openInput(source)
      await feed.records[Symbol.asyncIterator]().next()
      expect(source.pulled * 4096).toBeLessThan(bytes.length / 2)
    })

    it.each(['', ' \n\r\n\t\n', '\ufeff'])('refuses a feed with nothing in it (%j)', async empty => {
      expect(await refusal(read(empty))).toBe('stdin is empty')
    })

    it.each(kit.withoutRecords)('refuses a feed without records: %s', async empty => {
      expect(await refusal(read(empty))).toMatch(/^stdin has .*no records/)
    })

    it('refuses invalid UTF-8, at any chunk size, with line and byte', async () => {
      const good = Buffer.from(text)
      const at = good.indexOf('007')
      const line = text.slice(0, text.indexOf('007')).split('\n').length
      const bad = Buffer.concat([good.subarray(0, at), Buffer.from([0xe9]), good.subarray(at)])
      for (const size of [1, 2, 65_536]) {
        expect(await refusal(read(bad, {}, size))).toBe(`stdin:${line}, byte ${at}: 0xe9 is not valid UTF-8`)
      }
    })

    it('refuses NUL with line and byte', async () => {
      const at = Buffer.from(text).indexOf('007')
      const line = text.slice(0, text.indexOf('007')).split('\n').length
      expect(await refusal(read(text.replace('007', '\x007')))).toMatch(
        new RegExp(`^stdin:${line}, byte ${at}: a NUL character`),
      )
    })

    if (kit.noticesCuts) {
      it('refuses a feed that is cut off, at every byte', async () => {
        const bytes = Buffer.from(text.trimEnd())
        for (let length = 1; length < bytes.length; length++) {
          await expect(read(bytes.subarray(0, length))).rejects.toThrow(FeedError)
        }
      })
    }

    it('refuses a record of more than 1 MiB, takes one of just under', async () => {
      const row = (length: number) => ({
        columns: ['sku', 'name', 'text_1', 'text_2', 'text_3'],
        rows: [
          ['LMP-0001', 'Desk lamp', '', '', ''],
          ['LMP-0002', ...Array.from({ length: 4 }, () => 'x'.repeat(length / 4))],
        ],
      })
      expect(await refusal(read(kit.write(row(1024 * 1024), '\n')))).toMatch(/more than 1 MiB/)
      expect((await read(kit.write(row(1024 * 1024 - 100), '\n'))).records).toHaveLength(2)
    })

    it('gives up on a record that does not end long before the memory is full', async () => {
      const start = Buffer.from(kit.write({ columns: ['sku', 'name'], rows: [['LMP-0001', 'x']] }, '\n'))
      const source = new Source(endless(start.subarray(0, start.lastIndexOf('x') + 1)))
      expect(await refusal(openInput(source).then(recordsOf))).toMatch(/more than 1 MiB/)
      expect(source.pulled).toBeLessThan(50)
    })

    it('closes the source when the records are left early', async () => {
      const rows = Array.from({ length: 2000 }, (_, at) => [`LMP-${at}`, 'Desk lamp', ''])
      const source = new Source(cut(Buffer.from(kit.write({ columns: LAMPS.columns, rows }, '\n')), 1000))
      const feed = await openInput(source)
      for await (const page of feed.records) {
        expect(page).not.toEqual([])
        break
      }
      expect(source.isClosed).toBe(true)
    })

    it('closes the source at the end and after a failure', async () => {
      const good = new Source([Buffer.from(text)])
      await recordsOf(await openInput(good))
      const bad = new Source([Buffer.from(text), Buffer.from([0xff]), Buffer.from(text)])
      await refusal(openInput(bad).then(recordsOf))
      expect([good.isClosed, bad.isClosed]).toEqual([true, true])
    })
  })
}

const character = fc.oneof(
  fc.constantFrom(...'",;|\t\n\r\\\'#{}[]: aé💡\ufeff'),
  fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
)
const cell = fc.array(character, { maxLength: 8 }).map(characters => characters.join('').replaceAll('\0', ''))

/** Any texts under two or three columns; no row is blank. */
export const tables: fc.Arbitrary<Table> = fc
  .tuple(
    fc.constantFrom(['sku', 'name'], ['sku', 'name', 'image_1']),
    fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 8 }),
  )
  .map(([columns, rows]) => ({
    columns,
    rows: rows.map(([code, ...cells]) => [`LMP${code}`, ...cells].slice(0, columns.length)),
  }))

function rowsOf(feed: Feed, records: readonly FeedRecord[], columns: readonly string[]): unknown[][] {
  if (feed.columns !== null) expect(feed.columns).toEqual(columns)
  return records.map(record => ('cells' in record ? [...record.cells] : columns.map(column => record.value[column])))
}

function* endless(start: Uint8Array): Generator<Uint8Array> {
  yield start
  const more = Buffer.alloc(65_536, 'x')
  for (;;) yield more
}
