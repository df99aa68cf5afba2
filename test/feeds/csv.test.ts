import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { UsageError } from '../../src/model/errors.ts'
import { describeFeed, tables } from './contract.ts'
import { writeCsv } from './dialect.ts'
import { read, readTable, refusal } from './reading.ts'

describeFeed({
  format: 'csv',
  write: (table, lineEnd) => writeCsv(table, { delimiter: ',', lineEnd, quoting: 'needed' }).text,
  place: index => `stdin:${index + 2}`,
  withoutRecords: ['sku,name\n', '"sku";"name"', '# explained,# explained\nsku,name\n\n,\n'],
  noticesCuts: false,
})

describe('csv feed', () => {
  it('reads any table in any dialect back, cell for cell and line for line', async () => {
    const dialects = fc.record({
      delimiter: fc.constantFrom(',', ';', '\t', '|', '^'),
      lineEnd: fc.constantFrom('\n', '\r\n', '\r'),
      quoting: fc.constantFrom('all' as const, 'needed' as const, 'least' as const),
    })
    await fc.assert(
      fc.asyncProperty(tables, dialects, fc.integer({ min: 1, max: 100 }), async (table, dialect, size) => {
        const { text, lines } = writeCsv(table, dialect)
        const { feed, records } = await read(text, { delimiter: dialect.delimiter }, size)
        expect(feed.columns).toEqual(table.columns)
        expect(records).toEqual(table.rows.map((cells, at) => ({ place: `stdin:${lines[at]}`, cells })))
      }),
      { numRuns: 500 },
    )
  })

  it('finds the delimiter of any table by itself when cells that hold one are quoted', async () => {
    await fc.assert(
      fc.asyncProperty(tables, fc.constantFrom(',', ';', '\t', '|'), async (table, delimiter) => {
        const { text } = writeCsv(table, { delimiter, lineEnd: '\n', quoting: 'needed' })
        const { records } = await readTable(text)
        expect(records.map(record => record.cells)).toEqual(table.rows)
      }),
    )
  })

  it('takes mixed line ends, blank lines and quoted line breaks, and still knows the line a record starts on', async () => {
    const text = '\r\n\nsku,name\r\n\r\nLMP-1,"Desk\r\nlamp"\rLMP-2,"Floor\n\nlamp"\n   \n\nLMP-3,Wall lamp'
    expect((await readTable(text)).records).toEqual([
      { place: 'stdin:5', cells: ['LMP-1', 'Desk\r\nlamp'] },
      { place: 'stdin:7', cells: ['LMP-2', 'Floor\n\nlamp'] },
      { place: 'stdin:12', cells: ['LMP-3', 'Wall lamp'] },
    ])
  })

  it('says what it found out', async () => {
    const text = '# Required | the code;# Optional | a name\n\n sku ;name;name\nLMP-1;Lamp, 12";\n'
    expect(await readTable(Buffer.from(`\ufeff${text}`, 'utf16le'))).toEqual({
      columns: ['sku', 'name', 'name'],
      notes: [
        'encoding utf-16le',
        'delimiter ;',
        'header on line 3',
        '1 comment row skipped',
        'several columns named "name"',
      ],
      records: [{ place: 'stdin:4', cells: ['LMP-1', 'Lamp, 12"', ''] }],
    })
  })

  it('skips comment rows above the header only', async () => {
    const text = '# the code,# a name\n#,\nsku,name\n#1,# of lamps\n'
    const { columns, records } = await readTable(text)
    expect({ columns, records }).toEqual({
      columns: ['sku', 'name'],
      records: [{ place: 'stdin:4', cells: ['#1', '# of lamps'] }],
    })
  })

  it('takes a row that holds the code column for the header, even when it looks like a comment', async () => {
    const { columns } = await readTable('#sku,#image\nLMP-1,https://images.example.com/1.jpg\n', { code: '#sku' })
    expect(columns).toEqual(['#sku', '#image'])
  })

  it('ignores a byte order mark before a quoted header, at the start and below a comment', async () => {
    const rows = '\ufeff"sku","name"\nLMP-1,Lamp\n'
    expect((await readTable(rows)).columns).toEqual(['sku', 'name'])
    expect((await readTable(`# from the shop\n${rows}`)).columns).toEqual(['sku', 'name'])
  })

  it('reads a single column', async () => {
    const { columns, records } = await readTable('sku\nLMP-1\nLMP-2\n')
    expect([columns, records.map(record => record.cells)]).toEqual([['sku'], [['LMP-1'], ['LMP-2']]])
  })

  it('leaves short rows short, drops blank surplus cells and rows with nothing in them', async () => {
    const { records } = await readTable('sku,name,image\nLMP-1,Lamp\nLMP-2,Lamp,https://x.example/2.jpg,, \n,,\n')
    expect(records).toEqual([
      { place: 'stdin:2', cells: ['LMP-1', 'Lamp'] },
      { place: 'stdin:3', cells: ['LMP-2', 'Lamp', 'https://x.example/2.jpg'] },
    ])
  })

  it('refuses a row with more cells than columns', async () => {
    expect(await refusal(readTable('sku,name\nLMP-1,Lamp\n\nLMP-2,Desk lamp, black\n'))).toBe(
      'stdin:4: expected 2 columns, found 3',
    )
  })

  it('tolerates quotes inside a cell', async () => {
    const { records } = await readTable('sku,name,size\nLMP-1,12" lamp,"6"" shade"\nLMP-2,"12" lamp",small\n')
    expect(records.map(record => record.cells)).toEqual([
      ['LMP-1', '12" lamp', '6" shade'],
      ['LMP-2', '"12" lamp"', 'small'],
    ])
  })

  it.each([
    ['to the end of the feed', 'LMP-1,"Desk lamp,1\nLMP-2,Lamp,2\n', 2, 20],
    ['across a quoted cell of a later row', 'LMP-1,"Desk lamp,1\nLMP-2,"Floor lamp",2\n', 2, 20],
    ['across a quoted cell of the same row', 'LMP-1,"Desk lamp,"1"\n', 2, 20],
    ['in the first cell of a row', 'LMP-1,Lamp,1\n\n"LMP-2,Lamp,2', 4, 28],
    ['in the second line of a row', 'LMP-1,"Desk\nlamp","1\n', 3, 32],
  ])('refuses a quote that is left open %s, saying where it opens', async (_, rows, line, byte) => {
    for (const size of [1, 65_536]) {
      expect(await refusal(read(`sku,name,size\n${rows}`, {}, size))).toBe(
        `stdin:${line}, byte ${byte}: the quote that opens here is not closed`,
      )
    }
  })

  it('says where an endless quote opens', async () => {
    const rows = 'LMP-2,Floor lamp\n'.repeat(100_000)
    expect(await refusal(readTable(`sku,name\nLMP-1,"Desk lamp\n${rows}`))).toBe(
      'stdin:2, byte 15: the quote that opens here is not closed',
    )
  })

  it('refuses more than 2,000 columns', async () => {
    const header = (count: number) => Array.from({ length: count }, (_, at) => `c${at}`).join(',')
    expect((await readTable(`${header(2000)}\nLMP-1\n`)).columns).toHaveLength(2000)
    expect(await refusal(readTable(`${header(2001)}\nLMP-1\n`))).toBe(
      'stdin:1, byte 0: 2001 columns; at most 2000 are read',
    )
  })

  it.each(['tab', '\\t', '\t'])('takes %j for a tab', async delimiter => {
    expect((await readTable('sku\tname\nLMP-1\tLamp\n', { delimiter })).columns).toEqual(['sku', 'name'])
  })

  it.each(['', ',,', '"', '\n'])('refuses %j as a delimiter', async delimiter => {
    await expect(readTable('sku,name\nLMP-1,Lamp\n', { delimiter })).rejects.toThrow(UsageError)
  })

  it.each([
    ' '.repeat(1_000_000),
    '"'.repeat(999_998),
    'a"'.repeat(500_000),
    '\n'.repeat(1_000_000),
    ',;|'.repeat(300_000),
  ])(
    'reads a hostile cell of 1 MB in linear time',
    async hostile => {
      const { records } = await readTable(`sku,name\nLMP-1,"${hostile.replaceAll('"', '""').slice(0, 1_000_000)}"\n`)
      expect(records).toHaveLength(1)
    },
    5_000,
  )
})
