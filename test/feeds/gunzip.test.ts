import { randomBytes } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { gunzip } from '../../src/feeds/gunzip.ts'
import { LIMITS } from '../../src/feeds/limits.ts'
import { cut, openInput, read, readTable, recordsOf, refusal, Source } from './reading.ts'

const LAMP = 'sku,name\n007,"Été, 40 cm"\n'

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
      expect(page).not.toEqual([])
      break
    }
    await expect.poll(() => source.isClosed).toBe(true)
  })

  it.each([
    ['text', Buffer.from('LMP-2,Lamp\n'), /^stdin(, byte 48: more bytes| is not a complete gzip file)/],
    ['the start of another member', gzipSync(LAMP).subarray(0, 5), /^stdin is not a complete gzip file: /],
    ['zero bytes', Buffer.alloc(512), /^stdin, byte 48: more bytes after the end of the gzip data$/],
    [
      'zero bytes and another member',
      Buffer.concat([Buffer.alloc(3), gzipSync(LAMP)]),
      /^stdin, byte 48: more bytes after the end of the gzip data$/,
    ],
  ])('is refused when %s follow, which would be lost', async (_, tail, message) => {
    const bytes = Buffer.concat([gzipSync(LAMP), tail])
    for (const size of [1, 48, 65_536]) expect(await refusal(read(bytes, {}, size))).toMatch(message)
  })
})

describe('limits of gzip', () => {
  const limits = { inflatedBytes: 3 * 1024 ** 2, inflatedRatio: 50, inflatedFreely: 1_000_000 }

  it('allow what is not larger in all', async () => {
    const noise = randomBytes(3 * 1024 ** 2 + 1)
    expect(await inflate(gzipSync(noise.subarray(1)), limits)).toBe(3 * 1024 ** 2)
    await expect(inflate(gzipSync(noise), limits)).rejects.toThrow('lamps.csv.gz inflates to more than 3 MiB')
  })

  it('allow any ratio as long as little comes out', async () => {
    expect(await inflate(gzipSync(Buffer.alloc(1_000_000, 'x')), limits)).toBe(1_000_000)
    await expect(inflate(gzipSync(Buffer.alloc(1_000_001, 'x')), limits)).rejects.toThrow(
      'lamps.csv.gz inflates to more than 50 times its size',
    )
  })

  it('stop 200 MB that come out of 204 KB soon after half of them', async () => {
    const bomb = gzipSync(Buffer.alloc(200 * 1024 ** 2, 'x'))
    expect(bomb.length).toBeLessThan(210_000)
    let given = 0
    await expect(inflate(bomb, LIMITS, size => (given += size))).rejects.toThrow('more than 200 times its size')
    expect(given).toBeLessThan(101 * 1024 ** 2)
  })
})

async function inflate(
  bytes: Buffer,
  limits: Parameters<typeof gunzip>[2],
  seen: (size: number) => void = () => undefined,
): Promise<number> {
  async function* chunks() {
    for (const chunk of cut(bytes, 65_536)) yield Buffer.from(chunk)
  }
  let size = 0
  for await (const chunk of gunzip(chunks(), 'lamps.csv.gz', limits)) {
    size += chunk.length
    seen(chunk.length)
  }
  return size
}
