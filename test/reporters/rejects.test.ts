import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../src/model/json.ts'
import type { Dialect } from '../../src/model/record.ts'
import type { FeedFile, RejectedRecord, Rejects } from '../../src/model/rejects.ts'
import { encoderFor } from '../../src/reporters/rejects/encoding.ts'
import { type RejectsFile, rejectsFile } from '../../src/reporters/rejects.ts'
import { readObjects, readTable } from '../feeds/reading.ts'

const PLAIN: Dialect = { delimiter: ',', encoding: 'utf-8', hasMark: false, lineEnd: '\n' }
const REASON = 'url-invalid: "front.jpg" is not a complete URL.'
const FIX = 'Name its base with --image-base-url.'

function aFile(columns: readonly string[] | null, dialect: Partial<Dialect> = {}, file = 'lamps.csv'): FeedFile {
  return {
    file,
    format: columns === null ? 'json' : 'csv',
    columns,
    dialect: columns === null ? null : { ...PLAIN, ...dialect },
  }
}

function aRow(cells: readonly string[], facts: Partial<RejectedRecord> = {}): RejectedRecord {
  return { file: 0, place: 'lamps.csv:2', codes: ['LAMP-1'], cells, value: null, reason: REASON, fix: FIX, ...facts }
}

function anObject(value: JsonObject, facts: Partial<RejectedRecord> = {}): RejectedRecord {
  return { ...aRow([]), cells: null, value, ...facts }
}

function write(files: readonly FeedFile[], records: readonly RejectedRecord[]): RejectsFile {
  const rejects: Rejects = { files, records: () => records }
  return rejectsFile(rejects)
}

function bytesOf(file: RejectsFile): Buffer {
  return Buffer.concat([...file.bytes()])
}

function textOf(file: RejectsFile): string {
  return bytesOf(file).toString('utf8')
}

describe('rejects of a table', () => {
  it('have the original columns in their order, and why and what to do at the end', () => {
    const file = write(
      [aFile(['sku', 'image'])],
      [aRow(['LAMP-1', 'front.jpg']), aRow(['LAMP-1', ''], { reason: '', fix: '' })],
    )
    expect(file).toMatchObject({ format: 'csv', encoding: 'utf-8', hasMark: false, notice: null })
    expect(textOf(file)).toBe(
      'sku,image,assetsync_reason,assetsync_fix\n' +
        'LAMP-1,front.jpg,"url-invalid: ""front.jpg"" is not a complete URL.",Name its base with --image-base-url.\n' +
        'LAMP-1,,,\n',
    )
  })

  it('are written like the feed: delimiter, line ends, encoding and byte order mark', () => {
    const dialect: Dialect = { delimiter: '\t', encoding: 'utf-16le', hasMark: true, lineEnd: '\r\n' }
    const bytes = bytesOf(
      write([aFile(['sku', 'Bild'], dialect)], [aRow(['STUHL-ä', 'x.jpg'], { reason: 'r', fix: 'f' })]),
    )
    expect(bytes.subarray(0, 2)).toEqual(Buffer.from('fffe', 'hex'))
    expect(bytes.subarray(2).toString('utf16le')).toBe(
      'sku\tBild\tassetsync_reason\tassetsync_fix\r\nSTUHL-ä\tx.jpg\tr\tf\r\n',
    )
  })

  it('quote what would be read as something else, and never alter a value', () => {
    const cells = ['=1+1', 'a;b', ' padded ', '12" shade', 'two\r\nlines', '007']
    const file = write(
      [aFile(['a', 'b', 'c', 'd', 'e', 'f'], { delimiter: ';' })],
      [aRow(cells, { reason: 'r', fix: '' })],
    )
    expect(textOf(file).split('\n').slice(1).join('\n')).toBe(
      '=1+1;"a;b";" padded ";"12"" shade";"two\r\nlines";007;r;\n',
    )
  })

  it('fill up rows that are shorter than the header', () => {
    const file = write([aFile(['sku', 'image_1', 'image_2'])], [aRow(['LAMP-1'], { reason: 'r', fix: 'f' })])
    expect(textOf(file)).toMatch(/\nLAMP-1,,,r,f\n$/)
  })

  it('replace the columns of an earlier round, wherever they are', () => {
    const columns = ['assetsync_fix', 'sku', 'assetsync_reason', 'image']
    const file = write([aFile(columns)], [aRow(['old', 'LAMP-1', 'old', 'x'], { reason: 'new', fix: 'also new' })])
    expect(textOf(file)).toBe('sku,image,assetsync_reason,assetsync_fix\nLAMP-1,x,new,also new\n')
  })

  it('keep a header that repeats a name', () => {
    const file = write([aFile(['sku', 'image', 'image'])], [aRow(['LAMP-1', 'a', 'b'], { reason: 'r', fix: 'f' })])
    expect(textOf(file)).toBe('sku,image,image,assetsync_reason,assetsync_fix\nLAMP-1,a,b,r,f\n')
  })

  it('of several files with one header are one table', () => {
    const files = [aFile(['sku', 'image']), aFile(['sku', 'image'], {}, 'sofas.csv')]
    const records = [
      aRow(['LAMP-1', 'a'], { reason: 'r', fix: 'f' }),
      aRow(['SOFA-1', 'b'], { file: 1, reason: 'r', fix: 'f' }),
    ]
    expect(textOf(write(files, records))).toBe('sku,image,assetsync_reason,assetsync_fix\nLAMP-1,a,r,f\nSOFA-1,b,r,f\n')
  })

  it('of files with different headers have the columns of all, and are written like the first of them', () => {
    const files = [
      aFile(['sku', 'unused']),
      aFile(['sku', 'image', 'image'], { delimiter: ';' }, 'sofas.csv'),
      aFile(['image', 'sku', 'room'], {}, 'rugs.csv'),
    ]
    const facts = { reason: 'r', fix: 'f' }
    const records = [
      aRow(['SOFA-1', 'a', 'b'], { file: 1, ...facts }),
      aRow(['c', 'RUG-1', 'hall'], { file: 2, ...facts }),
    ]
    expect(textOf(write(files, records))).toBe(
      'sku;image;image;room;assetsync_reason;assetsync_fix\nSOFA-1;a;b;;r;f\nRUG-1;c;;hall;r;f\n',
    )
  })

  it('do not look like JSON or XML by the name of their first column', async () => {
    const read = await readTable(bytesOf(write([aFile(['[ref]', 'image'])], [aRow(['LAMP-1', 'x'])])))
    expect(read.columns).toEqual(['[ref]', 'image', 'assetsync_reason', 'assetsync_fix'])
  })

  it('are in UTF-8 with a mark when the encoding of the first file cannot hold another one', () => {
    const files = [aFile(['sku', 'name'], { encoding: 'windows-1252' }), aFile(['sku', 'name'], {}, 'chairs.csv')]
    const file = write(files, [aRow(['STUHL-ä', 'a']), aRow(['椅子-1', 'b'], { file: 1 })])
    expect(file).toMatchObject({
      encoding: 'utf-8',
      hasMark: true,
      notice: 'It is in UTF-8, because windows-1252 cannot hold all of it.',
    })
    expect(textOf(file)).toContain('\nSTUHL-ä,a,')
    expect(textOf(file)).toMatch(/^\ufeffsku/)
  })

  it('let their own words give way to the encoding, not the values', () => {
    const file = write(
      [aFile(['sku', 'name'], { encoding: 'iso-8859-2' })],
      [aRow(['ŻYRANDOL', 'x'], { reason: 'url-invalid: "椅子…" is no URL.', fix: '' })],
    )
    expect(file.notice).toBeNull()
    expect(new TextDecoder('iso-8859-2').decode(bytesOf(file))).toContain(
      'ŻYRANDOL,x,"url-invalid: ""??..."" is no URL.",',
    )
  })

  it('show control characters of the feed in their own words instead of passing them on', () => {
    const file = write([aFile(['sku'])], [aRow(['LAMP-1'], { reason: 'code-invalid: "\u001b[2J\n"', fix: '' })])
    expect(textOf(file)).toContain('"code-invalid: ""\\u{1b}[2J\\u{a}""",\n')
  })
})

describe('rejects of objects', () => {
  it('are one object per line, as they were, with why and what to do', () => {
    const value = { sku: '007', images: [{ src: 'front.jpg', alt: null }], price: 12.5 }
    const file = write([aFile(null)], [anObject(value), anObject({ sku: 'SOFA-1' }, { reason: '', fix: '' })])
    expect(file).toMatchObject({ format: 'ndjson', encoding: 'utf-8', hasMark: false, notice: null })
    expect(textOf(file)).toBe(
      `${JSON.stringify({ ...value, assetsync_reason: REASON, assetsync_fix: FIX })}\n` +
        '{"sku":"SOFA-1","assetsync_reason":"","assetsync_fix":""}\n',
    )
  })

  it('replace the keys of an earlier round', () => {
    const value = { assetsync_reason: 'old', sku: 'LAMP-1', assetsync_fix: 'old' }
    expect(textOf(write([aFile(null)], [anObject(value, { reason: 'new', fix: '' })]))).toBe(
      '{"sku":"LAMP-1","assetsync_reason":"new","assetsync_fix":""}\n',
    )
  })

  it('keep keys that mean something to JavaScript', () => {
    const value: JsonObject = JSON.parse('{"__proto__":{"sku":"LAMP-1"},"constructor":"x"}')
    expect(textOf(write([aFile(null)], [anObject(value, { reason: 'r', fix: 'f' })]))).toBe(
      '{"__proto__":{"sku":"LAMP-1"},"constructor":"x","assetsync_reason":"r","assetsync_fix":"f"}\n',
    )
  })

  it('take in tables, with a number for a name that their header repeats', () => {
    const files = [aFile(['sku', 'image', 'image', 'image']), aFile(null, {}, 'sofas.json')]
    const facts = { reason: 'r', fix: 'f' }
    const file = write(files, [aRow(['LAMP-1', 'a', 'b'], facts), anObject({ sku: 'SOFA-1' }, { file: 1, ...facts })])
    expect(textOf(file)).toBe(
      '{"sku":"LAMP-1","image":"a","image (2)":"b","image (3)":"","assetsync_reason":"r","assetsync_fix":"f"}\n' +
        '{"sku":"SOFA-1","assetsync_reason":"r","assetsync_fix":"f"}\n',
    )
  })

  it('do not make a table of objects whose file has no refused record', () => {
    const file = write([aFile(null, {}, 'sofas.json'), aFile(['sku'])], [aRow(['LAMP-1'], { file: 1 })])
    expect(file.format).toBe('csv')
  })
})

/** Names as headers have them. Arbitrary ones could look like a record or a comment, which readers tell apart by guessing. */
const aName = fc.constantFrom('sku', 'image', 'image_1', 'Größe "außen"', 'a;b', 'Bild, groß', '[ref]', '', 'in\nlines')
const aHeader = fc.array(aName, { minLength: 1, maxLength: 6 }).map(names => ['Code', ...names])

/** What a text file may hold: anything but NUL. */
const aCell = fc
  .oneof(
    fc.string({ unit: 'grapheme' }),
    fc.string({ unit: fc.constantFrom('"', ',', ';', '\t', '\r', '\n', ' ', '|', 'a', 'ä', '\ufeff', '#') }),
    fc.constantFrom('', '007', '1E5', '=1+1', '__proto__', '\u00a0', ' "x" ', '""'),
  )
  .map(text => text.replaceAll('\0', ''))

const aTable = fc
  .record({ header: aHeader, rows: fc.array(fc.array(aCell, { maxLength: 7 }), { minLength: 1, maxLength: 5 }) })
  .map(({ header, rows }) => ({ header, rows: rows.map(cells => ['LAMP-1', ...cells].slice(0, header.length)) }))

const aDialect = fc.record({
  delimiter: fc.constantFrom(',', ';', '\t', '|'),
  encoding: fc.constantFrom('utf-8', 'utf-16le', 'utf-16be'),
  hasMark: fc.boolean(),
  lineEnd: fc.constantFrom('\n' as const, '\r\n' as const, '\r' as const),
})

describe('the way back', () => {
  it('gives the cells of any table exactly as they were', () =>
    fc.assert(
      fc.asyncProperty(aTable, aDialect, async ({ header, rows }, dialect) => {
        const file = write(
          [aFile(header, dialect)],
          rows.map(cells => aRow(cells, { reason: REASON, fix: '' })),
        )
        const { delimiter, encoding } = dialect
        const read = await readTable(bytesOf(file), { delimiter, encoding, code: 'Code' })
        expect(read.columns).toEqual([...header, 'assetsync_reason', 'assetsync_fix'])
        expect(read.records.map(({ cells }) => cells)).toEqual(
          rows.map(cells => [...header.map((_, at) => cells[at] ?? ''), REASON, '']),
        )
      }),
      { numRuns: 300 },
    ))

  it('gives any object exactly as it was', () =>
    fc.assert(
      fc.asyncProperty(fc.array(fc.dictionary(fc.string(), fc.jsonValue()), { minLength: 2 }), async values => {
        const objects: JsonObject[] = JSON.parse(JSON.stringify(values))
        const read = await readObjects(
          bytesOf(
            write(
              [aFile(null)],
              objects.map(value => anObject(value)),
            ),
          ),
        )
        expect(read.format).toBe('ndjson')
        expect(read.records.map(({ value }) => value)).toEqual(
          objects.map(value => ({ ...value, assetsync_reason: REASON, assetsync_fix: FIX })),
        )
      }),
    ))

  it.each(['windows-1252', 'windows-1251', 'iso-8859-2', 'iso-8859-15', 'koi8-r', 'macintosh', 'ibm866'])(
    'leads through all of %s',
    encoding => {
      const encode = encoderFor(encoding)
      fc.assert(
        fc.property(fc.uint8Array(), bytes => {
          const text = decoded(encoding, bytes).replaceAll('\ufffd', '')
          expect(decoded(encoding, encode(text) ?? new Uint8Array())).toBe(text)
        }),
      )
    },
  )

  it.each(['windows-1250', 'shift_jis', 'gbk', 'gb18030', 'big5', 'euc-kr', 'euc-jp'])(
    'leads through %s, or is said to be closed',
    encoding => {
      const encode = encoderFor(encoding)
      const aText = fc.oneof(
        fc.string({ unit: 'grapheme' }),
        fc.uint8Array().map(bytes => decoded(encoding, bytes)),
      )
      fc.assert(
        fc.property(aText, text => {
          const bytes = encode(text)
          if (bytes !== null) expect(decoded(encoding, bytes)).toBe(text)
        }),
      )
    },
  )

  it.each([
    ['windows-1252', 'Bücherregal “Älmhult” – 49 €'],
    ['windows-1251', 'Книжная полка'],
    ['iso-8859-2', 'Półka na książki'],
    ['koi8-r', 'Книжная полка'],
    ['shift_jis', '本棚 ｱｲｳ テーブル'],
    ['gbk', '书架'],
    ['big5', '書架'],
    ['euc-kr', '책장'],
    ['euc-jp', '本棚'],
  ])('writes %s as %s', (encoding, text) => {
    const bytes = encoderFor(encoding)(text)
    expect(bytes === null ? null : decoded(encoding, bytes)).toBe(text)
  })

  it('does not write what takes a shift sequence', () => {
    expect([encoderFor('iso-2022-jp')('shelf'), encoderFor('iso-2022-jp')('本棚')]).toEqual([
      Uint8Array.from(Buffer.from('shelf')),
      null,
    ])
  })
})

function decoded(encoding: string, bytes: Uint8Array): string {
  return new TextDecoder(encoding).decode(bytes, { stream: true })
}
