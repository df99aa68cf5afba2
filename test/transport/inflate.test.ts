import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { textOfBody } from '../../src/transport/inflate.ts'
import { faultOf, rejection } from '../helpers/http.ts'

const TEXT = '{"lamp":"Ångström ✨"}'
const MOST = 1000
const PACKED = [
  ['gzip', gzipSync(TEXT)],
  ['x-gzip', gzipSync(TEXT)],
  ['deflate', deflateSync(TEXT)],
  ['br', brotliCompressSync(TEXT)],
] as const

describe('the body of an answer', () => {
  it.each([undefined, '', 'identity'])('is taken as it is: %j', async encoding => {
    expect(await textOfBody(Buffer.from(TEXT), encoding, MOST)).toBe(TEXT)
  })

  it('loses a byte order mark, which JSON does not know', async () => {
    expect(await textOfBody(Buffer.from(`\ufeff${TEXT}`), undefined, MOST)).toBe(TEXT)
  })

  it.each(PACKED)('is unpacked: %s', async (encoding, bytes) => {
    expect(await textOfBody(bytes, ` ${encoding.toUpperCase()} `, MOST)).toBe(TEXT)
  })

  it.each(PACKED)('is never half an answer: %s', async (encoding, bytes) => {
    for (let length = 1; length < bytes.length; length++) {
      const error = await rejection(textOfBody(bytes.subarray(0, length), encoding, MOST))
      expect(error).toMatchObject({ code: 'Z_BUF_ERROR' })
    }
  })

  it.each(PACKED)('may be empty, as that of a 204: %s', async encoding => {
    expect(await textOfBody(new Uint8Array(), encoding, MOST)).toBe('')
  })

  it('stops growing at the limit', async () => {
    const bomb = gzipSync(Buffer.alloc(200 * 1024 * 1024))
    const before = process.memoryUsage().rss
    expect(await rejection(textOfBody(bomb, 'gzip', 10 * 1024 * 1024))).toMatchObject({ code: 'ERR_BUFFER_TOO_LARGE' })
    expect(process.memoryUsage().rss - before).toBeLessThan(100 * 1024 * 1024)
  })

  it.each(['gzip', 'deflate', 'br'])('is unreadable when it is not the %s it says it is', async encoding => {
    const { kind, message, attempts } = await faultOf(textOfBody(Buffer.from('<html>Login</html>'), encoding, MOST))
    expect([kind, message, attempts]).toEqual(['unreadable', `an answer that is not the ${encoding} it says it is`, 1])
  })

  it('is unreadable in an encoding nobody asked for', async () => {
    const { kind, message } = await faultOf(textOfBody(Buffer.from(TEXT), 'zstd', MOST))
    expect([kind, message]).toEqual(['unreadable', 'an answer in an encoding nobody asked for: zstd'])
  })
})
