import { describe, expect, it } from 'vitest'
import { UsageError } from '../../src/model/errors.ts'
import type { TableRecord } from '../../src/model/record.ts'
import { describeFeed } from './contract.ts'
import { writeCsv } from './dialect.ts'
import { cut, openInput, read, readTable, recordsAsWritten, refusal, Source } from './reading.ts'

describeFeed({
  format: 'csv',
  write: (table, lineEnd) => writeCsv(table, { delimiter: ',', lineEnd, quoting: 'needed' }).text,
  place: index => `stdin:${index + 2}`,
  withoutRecords: ['sku,name\n', '"sku";"name"', '# explained,# explained\nsku,name\n\n,\n'],
  noticesCuts: false,
})

describe('csv feed', () => {
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
        'header on line 3, 1 row above it passed over',
        'several columns named "name"',
      ],
      records: [{ place: 'stdin:4', cells: ['LMP-1', 'Lamp, 12"', ''] }],
    })
  })

  it('keeps a byte order mark out of names and codes wherever parts were joined', async () => {
    const rows = '\ufeff"sku","name"\nLMP-1,Lamp\n'
    expect((await readTable(rows)).columns).toEqual(['sku', 'name'])
    const { columns, records } = await readTable(`# from the shop\n${rows}\ufeffLMP-2,\ufeff"Lamp, black"\n`)
    expect({ columns, records }).toEqual({
      columns: ['sku', 'name'],
      records: [
        { place: 'stdin:3', cells: ['LMP-1', 'Lamp'] },
        { place: 'stdin:4', cells: ['LMP-2', 'Lamp, black'] },
      ],
    })
  })

  it('leaves out blanks around cells and around their quotes, not those between quotes', async () => {
    const text =
      ' sku , "name" ,\u00a0image\u00a0\n "LMP-1" , " Lamp, ""black"" " , a b.jpg \n\t"LMP-2"\t,"x\ny" ,"" \n'
    const { columns, records } = await readTable(text)
    expect({ columns, records }).toEqual({
      columns: ['sku', 'name', 'image'],
      records: [
        { place: 'stdin:2', cells: ['LMP-1', ' Lamp, "black" ', 'a b.jpg'] },
        { place: 'stdin:3', cells: ['LMP-2', 'x\ny', ''] },
      ],
    })
  })

  it('takes tabs for delimiters and not for blanks in a table with tabs', async () => {
    const { records } = await readTable('sku\tname\timage\n"LMP-1" \t\t "a\tb"\n\tLamp \tb.jpg\n')
    expect(records.map(record => record.cells)).toEqual([
      ['LMP-1', '', 'a\tb'],
      ['', 'Lamp', 'b.jpg'],
    ])
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
    const { records } = await readTable(
      'sku,name,size\nLMP-1,12" lamp,"6"" shade"\nLMP-2,"12" lamp",small\nLMP-3, "12"" x 6" lamp ," 6"\n',
    )
    expect(records.map(record => record.cells)).toEqual([
      ['LMP-1', '12" lamp', '6" shade'],
      ['LMP-2', '"12" lamp"', 'small'],
      ['LMP-3', '"12" x 6" lamp', ' 6'],
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

  it.each(['tab', '\\t', '\t'])('takes %j for a tab', async delimiter => {
    expect((await readTable('sku\tname\nLMP-1\tLamp\n', { delimiter })).columns).toEqual(['sku', 'name'])
  })

  it.each(['', ',,', '"', '\n'])('refuses %j as a delimiter', async delimiter => {
    await expect(readTable('sku,name\nLMP-1,Lamp\n', { delimiter })).rejects.toThrow(UsageError)
  })

  it('says how a table is written', async () => {
    const dialectOf = async (content: string | Uint8Array, options = {}) => (await read(content, options)).feed.dialect
    expect([
      await dialectOf('sku,name\nLMP-1,Lamp\r\n'),
      await dialectOf('\ufeff# exported\n\n"sku";"na\nme"\r\nLMP-1;Lamp\n'),
      await dialectOf('sku|name\rLMP-1|Lamp'),
      await dialectOf(Buffer.from('\ufeffsku\tname\nLMP-1\tLamp\n', 'utf16le')),
      await dialectOf(Buffer.from('sku^name\r\nLMP-1^Été\r\n', 'latin1'), { delimiter: '^', encoding: 'latin1' }),
    ]).toEqual([
      { delimiter: ',', encoding: 'utf-8', hasMark: false, lineEnd: '\n' },
      { delimiter: ';', encoding: 'utf-8', hasMark: true, lineEnd: '\r\n' },
      { delimiter: '|', encoding: 'utf-8', hasMark: false, lineEnd: '\r' },
      { delimiter: '\t', encoding: 'utf-16le', hasMark: true, lineEnd: '\n' },
      { delimiter: '^', encoding: 'windows-1252', hasMark: false, lineEnd: '\r\n' },
    ])
  })

  it.each([
    ['sku,name\nLMP-1,Lamp', true],
    ['sku,name\nLMP-1,"Lamp"', true],
    ['sku,name\nLMP-1,Lamp\n', false],
    ['sku,name\nLMP-1,Lamp\r', false],
    ['sku,name\nLMP-1,Lamp\n\n', false],
    ['sku,name\nLMP-1,Lamp\n  ', true],
  ])('knows whether the last line is ended: %j', async (text, hasOpenEnd) => {
    for (const size of [1, 65_536]) expect((await read(text, {}, size)).feed.hasOpenEnd()).toBe(hasOpenEnd)
    const utf16 = Buffer.from(`\ufeff${text}`, 'utf16le')
    expect((await read(utf16)).feed.hasOpenEnd()).toBe(hasOpenEnd)
  })
})

describe('last row without a line end that has too few cells', () => {
  const header = 'sku,name,image\n'
  const whole = 'LMP-1,Lamp,a.jpg\n'
  const short = 'LMP-2,Lamp\n'

  it.each([
    ['the only one', `${header}LMP-3,Lam`, 'stdin:2, byte 15', 2],
    ['after whole rows', `${header}${whole}${whole}LMP-3`, 'stdin:4, byte 49', 1],
    ['after more whole rows than short ones', `${header}${whole}${short}${whole}LMP-3,Lam`, 'stdin:5, byte 60', 2],
    ['in quotes', `${header}${whole}"LMP-3","Lamp"`, 'stdin:3, byte 32', 2],
  ])('is refused as cut off: %s', async (_, text, place, cells) => {
    for (const size of [1, 65_536]) {
      expect(await refusal(read(text, {}, size))).toBe(
        `${place}: the file is cut off: its last row has ${cells} of 3 columns and no line end`,
      )
    }
  })

  it.each([
    ['it has a line end', `${header}${whole}LMP-3\n`, 2],
    ['all rows are short', `${header}${short}LMP-3`, 2],
    ['half of the rows are short', `${header}${whole}${short}LMP-3,Lamp`, 3],
    ['it is blank', `${header}${whole}, `, 1],
  ])('is taken when %s', async (_, text, count) => {
    expect((await read(text)).records).toHaveLength(count)
  })
})

describe('digest of a record', () => {
  const digestsOf = async (text: string, size = 65_536) => {
    const feed = await openInput(new Source(cut(Buffer.from(text), size)))
    const records = (await recordsAsWritten(feed)) as TableRecord[]
    return records.map(({ line, digest }) => [line, digest])
  }
  const ROWS = ['sku,name', 'LMP-1,"Lamp ""Été"",\nround"', ' LMP-2 ,"12" lamp', 'LMP-1,Lamp', 'LMP-3,"x" y']

  it('is of what is written, wherever it stands, however the bytes come and the lines end', async () => {
    const whole = await digestsOf(ROWS.join('\n'))
    expect(whole.map(([line]) => line)).toEqual([2, 4, 5, 6])
    expect(await digestsOf(`${ROWS.join('\n')}\n`)).toEqual(whole)
    for (const size of [1, 2, 7]) expect(await digestsOf(ROWS.join('\n'), size)).toEqual(whole)
    const digests = ([, digest]: (number | undefined)[]) => digest
    const turned = await digestsOf([ROWS[0], '', ...ROWS.slice(1).reverse()].join('\r'))
    expect(turned.map(digests)).toEqual(whole.map(digests).reverse())
  })

  it('differs when anything that is written does', async () => {
    const texts = ['LMP-1,Lamp', 'LMP-1,"Lamp"', 'LMP-1, Lamp', 'LMP-1,lamp', 'LMP-1,Lamp,', 'LMP-1']
    const digests = (await digestsOf(`${['sku,name', ...texts].join('\n')}\n`)).map(([, digest]) => digest)
    expect(new Set(digests).size).toBe(texts.length)
  })
})

describe('line "sep=;" that Excel understands', () => {
  it.each(['sep=;\n', 'sep=;\r\n', '\ufeffsep=;\r\n', '"sep=;"\n', 'SEP=;\n\n'])(
    'names the delimiter and is no record: %j',
    async line => {
      const { columns, records, notes } = await readTable(`${line}sku;a,b,c\nLMP-1;1,2,3\n`)
      const at = line.split('\n').length
      expect({ columns, records, notes }).toEqual({
        columns: ['sku', 'a,b,c'],
        records: [{ place: `stdin:${at + 1}`, cells: ['LMP-1', '1,2,3'] }],
        notes: ['delimiter ;, as its first line says', `header on line ${at}`],
      })
    },
  )

  it.each(['sep=\t', 'sep=\\t', 'sep=tab', '"sep=\t"'])('may name a tab: %j', async line => {
    const { columns, notes } = await readTable(`${line}\nsku\tname\nLMP-1\tLamp\n`)
    expect({ columns, notes }).toEqual({
      columns: ['sku', 'name'],
      notes: ['delimiter tab, as its first line says', 'header on line 2'],
    })
  })

  it('is no record either when an option names the delimiter, which wins', async () => {
    const { columns, notes } = await readTable('sep=,\nsku;name\nLMP-1;Lamp\n', { delimiter: ';' })
    expect({ columns, notes }).toEqual({ columns: ['sku', 'name'], notes: ['header on line 2'] })
  })

  it('may be followed by comments and titles', async () => {
    const { columns, notes } = await readTable('sep=|\nLamps of 2024\n# all; of them\n\nsku|name\nLMP-1|Lamp\n')
    expect({ columns, notes }).toEqual({
      columns: ['sku', 'name'],
      notes: ['delimiter |, as its first line says', 'header on line 5, 2 rows above it passed over'],
    })
  })

  it('leaves nothing when nothing follows', async () => {
    expect(await refusal(read('sep=;\n'))).toBe('stdin is empty')
  })
})
