import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { UsageError } from '../../src/model/errors.ts'
import { read, readTable, refusal } from './reading.ts'

const LAMP = 'sku,name\n007,"Été, 40 cm"\n'

describe('encoding', () => {
  it('is UTF-8 unless a byte order mark or the option says otherwise', async () => {
    const { records, notes } = await readTable(Buffer.from(LAMP))
    expect({ records, notes }).toEqual({
      records: [{ place: 'stdin:2', cells: ['007', 'Été, 40 cm'] }],
      notes: ['delimiter ,'],
    })
  })

  it.each([
    ['windows-1252', Buffer.from(LAMP, 'latin1'), LAMP],
    ['latin1', Buffer.from('sku,name\n007,\x80 19\x99\n', 'latin1'), 'sku,name\n007,€ 19™\n'],
    ['utf-16le', Buffer.from(LAMP, 'utf16le'), LAMP],
    ['utf-16be', Buffer.from(LAMP, 'utf16le').swap16(), LAMP],
    ['shift_jis', Buffer.from('sku,name\n007,\x93d\x8b\x43\n', 'latin1'), 'sku,name\n007,電気\n'],
    ['ibm866', Buffer.from('sku,name\n007,\x8b\xa0\xac\xaf\xa0\n', 'latin1'), 'sku,name\n007,Лампа\n'],
  ])('reads %s by option, however it is cut', async (encoding, bytes, text) => {
    const { records } = await read(text)
    for (const size of [1, 2, 3, 65_536]) expect((await read(bytes, { encoding }, size)).records).toEqual(records)
  })

  it.each([
    ['utf-8', 'efbbbf', Buffer.from(LAMP)],
    ['utf-16le', 'fffe', Buffer.from(LAMP, 'utf16le')],
    ['utf-16be', 'feff', Buffer.from(LAMP, 'utf16le').swap16()],
  ])('believes a byte order mark of %s more than the option', async (_, mark, bytes) => {
    const marked = Buffer.concat([Buffer.from(mark, 'hex'), bytes])
    expect((await read(marked, { encoding: 'windows-1252' })).records).toEqual((await read(LAMP)).records)
  })

  it('that nobody knows is a usage error', async () => {
    const reading = read(LAMP, { encoding: 'cp850' })
    await expect(reading).rejects.toThrow(UsageError)
    await expect(reading).rejects.toThrow('unknown encoding "cp850"')
  })

  it.each([
    ['shift_jis', [0x82, 0x0a], 9001],
    ['euc-kr', [0xb7, 0xff], 9001],
    ['windows-1253', [0xd2], 9000],
    ['utf-16le', [0x00, 0xdc, 0x61, 0x00], 18001],
  ])('refuses bytes that %s does not have, saying which', async (encoding, bad, byte) => {
    const start = 'sku,name\n'.repeat(1000)
    const good = encoding === 'utf-16le' ? Buffer.from(start, 'utf16le') : Buffer.from(start)
    for (const size of [1, 4095, 65_536]) {
      expect(await refusal(read(Buffer.concat([good, Buffer.from(bad)]), { encoding }, size))).toBe(
        `stdin:1001, byte ${byte}: not valid ${encoding}`,
      )
    }
  })

  it('refuses half a character at the end', async () => {
    const bytes = Buffer.from('sku,name\nLMP-1,Lamp')
    const cases = [
      refusal(read(Buffer.concat([bytes, Buffer.from('é').subarray(0, 1)]))),
      refusal(
        read(Buffer.concat([Buffer.from(bytes.toString(), 'utf16le'), Buffer.from([0x41])]), { encoding: 'utf-16le' }),
      ),
    ]
    expect(await Promise.all(cases)).toEqual([
      'stdin:2, byte 19: 0xc3 is not valid UTF-8',
      'stdin:2, byte 39: the text ends inside a character of utf-16le',
    ])
  })

  it('refuses NUL in UTF-16 too', async () => {
    expect(await refusal(read(Buffer.from('\ufeffsku,name\n\0', 'utf16le')))).toBe(
      'stdin:2, byte 21: a NUL character, so this is not a text file in utf-16le',
    )
  })

  it('says the exact byte of whatever is not UTF-8, wherever chunks end', async () => {
    const bad = fc.constantFrom(
      '80',
      'c3',
      'c328',
      'c0af',
      'e28228',
      'e282',
      'eda080',
      'f0908028',
      'f4908080',
      'f5',
      'ff',
    )
    const good = fc.array(fc.constantFrom('a', '\n', '\r\n', 'é', '電', '💡'), { maxLength: 12 })
    await fc.assert(
      fc.asyncProperty(good, bad, fc.integer({ min: 1, max: 9 }), async (characters, hex, size) => {
        const start = Buffer.from(`sku,name\n${characters.join('')}`)
        const line = start.toString().split(/\r\n|\r|\n/).length
        const bytes = Buffer.concat([start, Buffer.from(hex, 'hex'), Buffer.from('\nLMP-1,Lamp\n')])
        expect(await refusal(read(bytes, { encoding: 'utf-8' }, size))).toBe(
          `stdin:${line}, byte ${start.length}: 0x${hex.slice(0, 2)} is not valid UTF-8`,
        )
      }),
      { numRuns: 300 },
    )
  })

  it.each(['utf-16le', 'utf-16be'])('is found to be %s without a byte order mark', async encoding => {
    const text = `sku\tname\r\n${'LMP-1\t電気スタンド 💡 一\r\n'.repeat(100)}`
    const bytes = encoding === 'utf-16le' ? Buffer.from(text, 'utf16le') : Buffer.from(text, 'utf16le').swap16()
    for (const size of [1, 3, 65_536]) {
      const { feed, records } = await read(bytes, {}, size)
      expect(records).toEqual((await read(text)).records)
      expect([feed.notes, feed.dialect]).toEqual([
        [`encoding ${encoding}`, 'delimiter tab'],
        { delimiter: '\t', encoding, hasMark: false, lineEnd: '\r\n' },
      ])
    }
  })

  it('is not guessed from a few NULs, nor against an option', async () => {
    const nul = 'a NUL character, so this is not a text file in UTF-8'
    expect(await refusal(read('sku,name\nLMP-1,\0L\0amp\n'))).toBe(`stdin:2, byte 15: ${nul}`)
    const utf16 = Buffer.from(LAMP, 'utf16le')
    expect(await refusal(read(utf16, { encoding: 'utf-8' }))).toBe(`stdin:1, byte 1: ${nul}`)
  })
})
