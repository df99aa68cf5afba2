import { describe, expect, it } from 'vitest'
import { LIMITS } from '../../src/feeds/limits.ts'
import { openInput, read, readTable, recordsOf, refusal, Source } from './reading.ts'

const HEADER = 'sku,name,text\n'

/** A row of so many bytes, in three cells. */
function row(bytes: number): string {
  const half = Math.floor((bytes - 'LMP-1,,'.length) / 2)
  return `LMP-1,${'x'.repeat(half)},${'y'.repeat(bytes - 'LMP-1,,'.length - half)}`
}

describe('limits of a table', () => {
  it.each([1000, 65_536])('allow a record of 1 MiB and not a byte more, in chunks of %i bytes', async size => {
    for (const end of ['', '\n', '\r\n', '\nLMP-2,Lamp,\n']) {
      expect((await read(`${HEADER}${row(LIMITS.recordBytes)}${end}`, {}, size)).feed.columns).toHaveLength(3)
      expect(await refusal(read(`${HEADER}${row(LIMITS.recordBytes + 1)}${end}`, {}, size))).toBe(
        'stdin:2, byte 14: a record of more than 1 MiB',
      )
    }
  })

  it('allow a cell of 512 KiB and not a byte more, counted without its quotes', async () => {
    const table = (cell: string) => `sku,name\nLMP-1,Lamp\nLMP-2, ${cell}\n`
    const text = 'x'.repeat(LIMITS.cellBytes)
    for (const cell of [text, `"${text}" `]) expect((await readTable(table(cell))).records[1]?.cells[1]).toBe(text)
    for (const cell of [`${text}x`, `"${text}x" `]) {
      expect(await refusal(readTable(table(cell)))).toBe('stdin:3, byte 27: a cell of more than 512 KiB')
    }
  })

  it('count a cell in UTF-8', async () => {
    const table = (name: string) => `sku,name\nLMP-1,${name}\n`
    const half = 'é'.repeat(LIMITS.cellBytes / 2)
    expect((await readTable(table(half))).records).toEqual([{ place: 'stdin:2', cells: ['LMP-1', half] }])
    expect(await refusal(readTable(table(`${half}x`)))).toBe('stdin:2, byte 15: a cell of more than 512 KiB')
  })

  it('allow 2,000 columns', async () => {
    const header = (count: number) => Array.from({ length: count }, (_, at) => `c${at}`).join(',')
    expect((await readTable(`${header(2000)}\nLMP-1\n`)).columns).toHaveLength(2000)
    expect(await refusal(readTable(`${header(2001)}\nLMP-1\n`))).toBe(
      'stdin:1, byte 0: 2001 columns; at most 2000 are read',
    )
    expect(await refusal(readTable(`sku,name\nLMP-1${','.repeat(2000)}\n`))).toBe(
      'stdin:2, byte 9: 2001 columns; at most 2000 are read',
    )
  })

  it.each([
    ['blanks', ' '],
    ['no-break spaces', '\u00a0'],
    ['delimiters', ','],
    ['quotes', '"'],
    ['blanks after a quote', '"" '],
    ['text', 'x'],
  ])('end a record that has no end: %s', async (_, text) => {
    const endless = Buffer.alloc(65_536, text).subarray(0, 65_536 - (65_536 % Buffer.byteLength(text)))
    let pulled = 0
    function* chunks() {
      yield Buffer.from('sku,name\nLMP-1,')
      for (; pulled < 1000; pulled++) yield endless
    }
    const reading = openInput(new Source(chunks())).then(recordsOf)
    expect(await refusal(reading)).toMatch(/^stdin:2, byte (9|15): (a record of more|the quote that opens here)/)
    expect(pulled).toBeLessThan(20)
  })

  it('do not count blank lines', async () => {
    const blank = '\n'.repeat(3 * LIMITS.recordBytes)
    const { columns, records } = await readTable(`sku,name\n${blank}\u00a0 \r\n LMP-1,"Lamp"\n`)
    expect({ columns, records }).toEqual({
      columns: ['sku', 'name'],
      records: [{ place: `stdin:${3 + 3 * LIMITS.recordBytes}`, cells: ['LMP-1', 'Lamp'] }],
    })
  })

  it('say where a quote opens that swallows a record of more than 1 MiB', async () => {
    const rows = 'LMP-2,Floor lamp\n'.repeat(100_000)
    expect(await refusal(readTable(`sku,name\nLMP-1, "Desk lamp\n${rows}`))).toBe(
      'stdin:2, byte 16: the quote that opens here is not closed',
    )
  })

  it.each([
    ['blanks', ' '.repeat(500_000)],
    ['quotes', '"'.repeat(500_000)],
    ['quotes in text', 'a"'.repeat(250_000)],
    ['line ends', '\n'.repeat(500_000)],
    ['delimiters', ',;|\t'.repeat(125_000)],
  ])('leave a large cell of %s as it is', async (_, text) => {
    const { records } = await readTable(`sku,name\nLMP-1,"${text.replaceAll('"', '""')}" \n`)
    expect(records.map(record => record.cells[1] === text)).toEqual([true])
  })
})

describe('limits of ndjson', () => {
  it('allow a line of 1 MiB and not a byte more', async () => {
    const line = (bytes: number) => `{"sku":"${'x'.repeat(bytes - '{"sku":""}'.length)}"}`
    for (const end of ['', '\n', '\n{"sku":"LMP-2"}\n']) {
      const first = '{"sku":"LMP-1"}\n'
      expect((await read(`${first}${line(LIMITS.recordBytes)}${end}`)).records[1]).toBeDefined()
      expect(await refusal(read(`${first}${line(LIMITS.recordBytes + 1)}${end}`))).toBe(
        'stdin:2: a line of more than 1 MiB',
      )
    }
  })
})
