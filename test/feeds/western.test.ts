import { describe, expect, it } from 'vitest'
import { openInput, read, readObjects, readTable, recordsOf, refusal, Source } from './reading.ts'

const bytes = (text: string) => Buffer.from(text, 'latin1')

describe('windows-1252', () => {
  it('is found at the first byte that is not UTF-8, and said', async () => {
    const content = bytes('sku;name\n1;Lamp\n\n2;\xc9t\xe9 \x80 19\x97\x932\x94\n3;Lamp\n')
    for (const size of [1, 2, 3, 65_536]) {
      const { feed, records } = await read(content, {}, size)
      expect({ notes: feed.notes, dialect: feed.dialect, records }).toEqual({
        notes: ['encoding windows-1252: line 4 is not UTF-8', 'delimiter ;'],
        dialect: { delimiter: ';', encoding: 'windows-1252', hasMark: false, lineEnd: '\n' },
        records: [
          { place: 'stdin:2', cells: ['1', 'Lamp'] },
          { place: 'stdin:4', cells: ['2', 'Été € 19—“2”'] },
          { place: 'stdin:5', cells: ['3', 'Lamp'] },
        ],
      })
    }
  })

  it.each([
    ['lampe \xe0 poser', 'lampe à poser'],
    ['\xd8 40 cm, 5 m\xb2, 3\xd74, \xb15\xb0', 'Ø 40 cm, 5 m², 3×4, ±5°'],
    ['\x84wei\xdf\x93, Gr\xf6\xdfe', '„weiß“, Größe'],
    ['\xabCAF\xc9\xbb l\x92\x9cuf', '«CAFÉ» l’œuf'],
    ['pi\xf1a \xbfQu\xe9? \xa1No! a\xe7\xe3o', 'piña ¿Qué? ¡No! ação'],
    ['k\xf8kken, \xe5\xe6\xf8', 'køkken, åæø'],
    ['\x95\x95\x95\x95 a\xa0\xa0\xa0\xa0b \x97\x97\x97\x97 19,90 \x80', '•••• a\u00a0\u00a0\u00a0\u00a0b ———— 19,90 €'],
    ['Brand\xae, \xa9 2024, n\xba 5, 1\xbd, 20\xb5m, \xa320', 'Brand®, © 2024, nº 5, 1½, 20µm, £20'],
  ])('is what Western text is in: %j', async (written, text) => {
    const { records } = await readTable(bytes(`sku\tname\nLMP-1\t${written}\n`))
    expect(records).toEqual([{ place: 'stdin:2', cells: ['LMP-1', text] }])
  })

  it.each([
    ['Cyrillic', 'windows-1251', '\xcb\xe0\xec\xef\xe0'],
    ['Greek', 'windows-1253', '\xcb\xdc\xec\xf0\xe1'],
    ['Japanese', 'shift_jis', '\x93d\x8bC\x83X\x83^'],
    ['Chinese', 'gbk', '\xb5\xe7\xc6\xf8'],
    ['Korean', 'euc-kr', '\xb7\xa5\xc7\xc1'],
    ['Polish', 'windows-1250', 'bia\xb3y'],
    ['Turkish', 'windows-1254', '\xfe\xfdk'],
    ['German of MS-DOS', 'ibm850', 'Sch\x94n, f\x81r'],
    ['French of MS-DOS', 'ibm850', '\x82t\x82'],
    ['French of an old Mac', 'macintosh', 'd\x8ecor'],
    ['no text at all', 'binary', '\x90\x05'],
  ])('is not believed of %s', async (_, __, written) => {
    const first = Buffer.from(written, 'latin1').findIndex(byte => byte > 0x7f)
    const hex = Buffer.from(written, 'latin1')[first]?.toString(16)
    for (const size of [1, 65_536]) {
      expect(await refusal(read(bytes(`sku,name\nLMP-1,${written}\n`), {}, size))).toBe(
        `stdin:2, byte ${15 + first}: 0x${hex} is not valid UTF-8`,
      )
    }
  })

  it('is not guessed when an option or a byte order mark says UTF-8', async () => {
    const content = bytes('sku,name\nLMP-1,\xc9t\xe9\n')
    expect(await refusal(read(content, { encoding: 'utf-8' }))).toBe('stdin:2, byte 15: 0xc9 is not valid UTF-8')
    expect(await refusal(read(Buffer.concat([bytes('\xef\xbb\xbf'), content])))).toBe(
      'stdin:2, byte 18: 0xc9 is not valid UTF-8',
    )
  })

  it('is not guessed after a character in UTF-8, nor for half of one at the end', async () => {
    const start = Buffer.from('sku,name\nLMP-1,Été\n')
    expect(await refusal(read(Buffer.concat([start, bytes('LMP-2,\xc9t\xe9\n')])))).toBe(
      'stdin:3, byte 27: 0xc9 is not valid UTF-8',
    )
    expect(await refusal(read(start.subarray(0, 16)))).toBe('stdin:2, byte 15: 0xc3 is not valid UTF-8')
  })

  it('ends where characters in UTF-8 begin: the parts of such a file cannot be told apart', async () => {
    const content = Buffer.concat([bytes('sku,name\nLMP-1,\xc9t\xe9\n'), Buffer.from('LMP-2,Été\n')])
    for (const size of [1, 2, 65_536]) {
      expect(await refusal(read(content, {}, size))).toBe(
        'stdin:3, byte 25: "É" is in UTF-8, but line 2, byte 15 is not',
      )
    }
  })

  it.each([
    ['0x81 is neither UTF-8 nor windows-1252', '\x81'],
    ['a NUL character, so this is not a text file in windows-1252', '\0'],
  ])('refuses, far below, %s', async (message, bad) => {
    const rows = 'LMP-1,\xc9t\xe9\n'.repeat(1000)
    expect(await refusal(read(bytes(`sku,name\n${rows}LMP-2,${bad}\n`)))).toBe(`stdin:1002, byte 10015: ${message}`)
  })

  it('is said when it is found far below, once the records were read', async () => {
    const rows = 'LMP-1,Lamp\n'.repeat(20_000)
    const feed = await openInput(new Source([bytes(`sku,name\n${rows}`), bytes('LMP-2,\xc9t\xe9\n')]))
    expect(feed.notes).toEqual(['delimiter ,'])
    expect((await recordsOf(feed)).at(-1)).toEqual({ place: 'stdin:20002', cells: ['LMP-2', 'Été'] })
    expect(feed.notes).toEqual(['encoding windows-1252: line 20002 is not UTF-8', 'delimiter ,'])
    expect(feed.dialect?.encoding).toBe('windows-1252')
  })

  it('is found in NDJSON, too', async () => {
    expect(await readObjects(bytes('{"sku":1}\n{"sku":"\xc9t\xe9"}\n'))).toEqual({
      format: 'ndjson',
      notes: ['encoding windows-1252: line 2 is not UTF-8'],
      records: [
        { place: 'stdin:1', value: { sku: 1 } },
        { place: 'stdin:2', value: { sku: 'Été' } },
      ],
    })
  })

  it('leaves places without the byte, which is not that of the file any more', async () => {
    expect(await refusal(read(bytes('sku,name\nLMP-1,\xc9t\xe9\nLMP-2,"Lamp\n')))).toBe(
      'stdin:3: the quote that opens here is not closed',
    )
  })
})
