import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { UsageError } from '../../src/model/errors.ts'
import { openInput, read, readTable, recordsOf, refusal, Source } from './reading.ts'

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

  it('refuses bytes that it does not have, saying between which', async () => {
    const bytes = Buffer.concat([Buffer.from('sku,name\n'.repeat(1000)), Buffer.from([0x82, 0x0a])])
    expect(await refusal(read(bytes, { encoding: 'shift_jis' }))).toBe(
      'stdin:911 or soon after: not valid shift_jis between byte 8192 and byte 9001',
    )
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
      'stdin:2 or soon after: not valid utf-16le at the end',
    ])
  })

  it('refuses NUL in UTF-16 too', async () => {
    expect(await refusal(read(Buffer.from('\ufeffsku,name\n\0', 'utf16le')))).toMatch(/^stdin:1: a NUL character/)
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
        expect(await refusal(read(bytes, {}, size))).toBe(
          `stdin:${line}, byte ${start.length}: 0x${hex.slice(0, 2)} is not valid UTF-8`,
        )
      }),
      { numRuns: 300 },
    )
  })
})

describe('gzip', () => {
  const long = `${LAMP}${Array.from({ length: 5000 }, (_, at) => `LMP-${at},Lamp ${at * 7919}\n`).join('')}`

  it('is recognised by content, and said', async () => {
    const { records, notes } = await readTable(gzipSync(long))
    expect({ records, notes }).toEqual({ records: (await readTable(long)).records, notes: ['gzip', 'delimiter ,'] })
  })

  it('may come in several members and any chunks', async () => {
    const bytes = Buffer.concat([gzipSync(LAMP), gzipSync('LMP-1,Lamp\n')])
    for (const size of [1, 10]) expect((await read(bytes, {}, size)).records).toHaveLength(2)
  })

  it('is refused when it is cut off anywhere', async () => {
    const bytes = gzipSync(LAMP)
    for (let length = 3; length < bytes.length; length++) {
      expect(await refusal(read(bytes.subarray(0, length)))).toMatch(/^stdin is not a complete gzip file: /)
    }
  })

  it('is refused when it is damaged', async () => {
    const bytes = gzipSync(long)
    bytes.fill(0, 1000, 1010)
    expect(await refusal(read(bytes))).toMatch(/^stdin is not a complete gzip file: /)
  })

  it('passes a failure of the source on as it is', async () => {
    async function* failing(): AsyncGenerator<Uint8Array> {
      yield gzipSync(long).subarray(0, 2000)
      throw Object.assign(new Error('read failed'), { code: 'EIO' })
    }
    expect(await refusal(openInput(failing()).then(recordsOf))).toBe('stdin cannot be read (EIO)')
  })

  it('is closed when the records are left early', async () => {
    const source = new Source([gzipSync(long)])
    for await (const page of (await openInput(source)).records) {
      expect(page).toHaveLength(500)
      break
    }
    await expect.poll(() => source.isClosed).toBe(true)
  })
})
