import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cutRows, isPlain } from '../../../src/feeds/fast/cut-rows.ts'
import { LIMITS } from '../../../src/feeds/limits.ts'
import { digest53 } from '../../../src/lib/hash.ts'
import { tables } from '../contract.ts'
import { writeCsv } from '../dialect.ts'

function cutText(text: string, delimiter = ',') {
  return cutRows(Buffer.from(text), delimiter, { line: 1, byte: 0 })
}

const digestOf = (text: string) => digest53(Buffer.from(text))

describe('rows that are cut by searching', () => {
  it('have the place, the line end, the cells and the digest of what was written', () => {
    const text = 'sku,name\r\n\n LMP-1 , "Lamp ""Été"",\r\n40 cm" \n  \nLMP-2,12" été\rLMP-3'
    expect(cutRows(Buffer.from(text), ',', { line: 7, byte: 100 })).toEqual({
      rows: [
        { line: 7, byte: 100, lineEnd: '\r\n', cells: ['sku', 'name'], digest: digestOf('sku,name'), stray: null },
        {
          line: 9,
          byte: 111,
          lineEnd: '\n',
          cells: ['LMP-1', 'Lamp "Été",\r\n40 cm'],
          digest: digestOf(' LMP-1 , "Lamp ""Été"",\r\n40 cm" '),
          stray: null,
        },
        {
          line: 12,
          byte: 149,
          lineEnd: '\r',
          cells: ['LMP-2', '12" été'],
          digest: digestOf('LMP-2,12" été'),
          stray: null,
        },
      ],
      size: Buffer.byteLength(text) - 'LMP-3'.length,
      next: { line: 13, byte: 165 },
      isSure: true,
    })
  })

  it('are all rows of a table that a tool wrote', () => {
    const writings = fc.record({
      delimiter: fc.constantFrom(',', ';', '\t', '|', '^'),
      lineEnd: fc.constantFrom('\n', '\r\n'),
      quoting: fc.constantFrom('all' as const, 'needed' as const, 'least' as const),
      padding: fc.constantFrom('', ' '),
    })
    fc.assert(
      fc.property(tables, writings, (table, writing) => {
        const { text } = writeCsv(table, writing)
        const { rows, size } = cutText(text, writing.delimiter)
        expect(rows.map(row => row.cells)).toEqual([table.columns, ...table.rows])
        expect(size).toBe(Buffer.byteLength(text))
      }),
      { numRuns: 300 },
    )
  })

  it.each([
    ['goes on after the closing quote', 'LMP-1,"12" lamp"\n'],
    ['opens with a quote after a blank of another alphabet', 'LMP-1,\u00a0"Lamp"\n'],
    ['is empty, quoted and alone', '""\n'],
  ])('end before a row in which a cell %s', (_, row) => {
    const { rows, size, isSure } = cutText(`sku,name\n${row}LMP-2,Lamp\n`)
    expect({ rows: rows.length, size, isSure }).toEqual({ rows: 1, size: 9, isSure: false })
  })

  it.each([
    ['long', `LMP-1,${'x'.repeat(LIMITS.cellBytes)}\n`],
    ['long and not ended', `LMP-1,${'x'.repeat(LIMITS.cellBytes)}`],
    ['wide', `${','.repeat(LIMITS.columns)}\n`],
  ])('end before a row that is very %s', (_, row) => {
    const { rows, size, isSure } = cutText(`sku,name\n${row}`)
    expect({ rows: rows.length, size, isSure }).toEqual({ rows: 1, size: 9, isSure: false })
  })

  it.each(['LMP-1,Lamp', 'LMP-1,Lamp\r', 'LMP-1,"Lamp', 'LMP-1,"Lamp"', 'LMP-1,"Lamp" ', 'LMP-1,"a\n\n'])(
    'end before a row that may go on: %j',
    start => {
      const { rows, size, isSure } = cutText(`sku,name\n${start}`)
      expect({ rows: rows.length, size, isSure }).toEqual({ rows: 1, size: 9, isSure: true })
    },
  )
})

describe('delimiters by which rows are cut', () => {
  it('are single ASCII characters, of the blanks only the tab', () => {
    const some = [',', ';', '\t', '|', '^', '~', 'x', ' ', '\v', '\u00a0', '§', '💡']
    expect(some.filter(isPlain)).toEqual([',', ';', '\t', '|', '^', '~', 'x'])
  })
})
