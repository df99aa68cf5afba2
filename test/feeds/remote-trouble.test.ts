import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { download } from '../../src/feeds/remote/download.ts'
import { AssetsyncError, FeedError } from '../../src/model/errors.ts'
import { ManualClock } from '../helpers/clock.ts'
import { rejection } from '../helpers/http.ts'
import { rawServers } from '../helpers/raw.ts'
import { servers } from '../helpers/server.ts'
import { folders } from '../lib/folder.ts'
import { aRemote, LAMPS, openUrl, readUrl, rowsOf } from './downloading.ts'
import { refusal } from './reading.ts'

const serve = servers()
const serveRaw = rawServers()
const newFolder = folders()
const LAMP = ['LMP-1', 'Desk lamp']

beforeEach(() => vi.stubEnv('TMPDIR', newFolder()))
afterEach(() => {
  expect(readdirSync(process.env.TMPDIR ?? '')).toEqual([]) // whatever happened
  vi.unstubAllEnvs()
})

describe('feed whose connection breaks', () => {
  const cut = (head: string, body: string) =>
    serveRaw(socket => socket.end(`HTTP/1.1 200 OK\r\n${head}\r\n\r\n${body}`))

  it('is refused when fewer bytes come than were announced', async () => {
    const url = await cut('Content-Length: 25', LAMPS.slice(0, 10))
    expect(await refusal(openUrl(url))).toBe(`${url}/: the connection broke after 10 of 25 bytes (other side closed)`)
  })

  it('is refused when it is reset on the way', async () => {
    const { url } = await serve(() => 'cut')
    expect(await refusal(openUrl(url))).toMatch(
      /the connection (broke after \d+ of 1000 bytes \(.+\)|ended without an answer)$/,
    )
  })

  it('is refused when its last chunk is missing', async () => {
    const url = await cut('Transfer-Encoding: chunked', `19\r\n${LAMPS}\r\n`)
    expect(await refusal(openUrl(url))).toBe(`${url}/: the connection broke after 25 bytes (other side closed)`)
  })

  it.each([
    ['no HTTP', 'lamp lamp lamp\r\n\r\n', 'the connection failed: Response does not match the HTTP/1.1 protocol'],
    ['nothing', '', 'the connection ended without an answer'],
    ['two lengths', 'HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\na', 'the connection failed: '],
    ['endless headers', `HTTP/1.1 200 OK\r\nLamp: ${'x'.repeat(50_000)}\r\n\r\n`, 'Headers Overflow Error'],
  ])('is refused when the answer is %s', async (_, answer, words) => {
    const url = await serveRaw(socket => socket.end(answer))
    const message = await refusal(openUrl(url))
    expect(message).toMatch(`${url}/: ${new URL(url).host}: `)
    expect(message).toMatch(words)
  })

  it('is refused when there is no such host, or nothing there', async () => {
    const server = await serve(() => ({}))
    await server.close()
    const { host } = new URL(server.url)
    expect([await refusal(openUrl(server.url)), await refusal(openUrl('http://shop.invalid/'))]).toEqual([
      `${server.url}/: ${host}: nothing takes connections there`,
      expect.stringMatching(/^http:\/\/shop\.invalid\/: shop\.invalid: (there is no such host|the name of the host)/),
    ])
  })
})

describe('feed that takes too long', () => {
  it('is given up when the server says nothing for the timeout', async () => {
    const clock = new ManualClock()
    const server = await serve(() => 'silence')
    const opening = rejection(openUrl(`${server.url}/lamps.csv`, { clock, timeoutMs: 30_000 }))
    await server.arrived(1)
    await clock.advance(29_999)
    expect(clock.deadlines).toBe(2)
    await clock.advance(1)
    expect(await opening).toMatchObject({
      message: `${server.url}/lamps.csv: the server sent nothing for 30.0 s`,
      fix: 'Try again later, or wait longer with --timeout.',
      exit: 3,
    })
    expect([clock.deadlines, clock.sleepers]).toEqual([0, 0])
  })

  it('is given up when it stops in the middle', async () => {
    const clock = new ManualClock()
    let answer = (): void => undefined
    const answered = new Promise<void>(resolve => {
      answer = resolve
    })
    const url = await serveRaw(socket =>
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 25\r\n\r\nsku,name', () => answer()),
    )
    const opening = rejection(openUrl(url, { clock, timeoutMs: 30_000 })).finally(() => {
      isOver = true
    })
    let isOver = false
    await answered
    while (!isOver) await clock.advance(1000)
    expect(await opening).toMatchObject({ message: `${url}/: the server sent nothing for 30.0 s` })
  })

  it('may take its time as long as something comes, up to a quarter of an hour', async () => {
    const clock = new ManualClock()
    const server = await serve(() => 'drip')
    const opening = rejection(openUrl(server.url, { clock, timeoutMs: 3_600_000 }))
    await server.arrived(1)
    await clock.advance(15 * 60_000 - 1)
    expect(clock.deadlines).toBe(2)
    await clock.advance(1)
    expect(await opening).toMatchObject({
      message: `${server.url}/: the download was not complete within 15 min 0 s`,
      exit: 3,
    })
  })

  it('is given up at once when the run is stopped, with the code of the signal', async () => {
    const stop = new AbortController()
    const server = await serve(() => 'silence')
    const opening = rejection(openUrl(`${server.url}/lamps.csv?key=k1`, { stop: stop.signal }))
    await server.arrived(1)
    stop.abort(143)
    const error = await opening
    expect(error).toBeInstanceOf(AssetsyncError)
    expect(error).toMatchObject({
      message: `Interrupted while ${server.url}/lamps.csv?… was downloaded: nothing was sent.`,
      exit: 143,
    })
  })

  it('is given up at once in the middle too, and not begun when the run is stopped already', async () => {
    const stop = new AbortController()
    const clock = new ManualClock()
    const server = await serve(() => 'drip')
    const opening = rejection(openUrl(server.url, { stop: stop.signal, clock }))
    await server.arrived(1)
    stop.abort()
    expect(await opening).toMatchObject({ exit: 130 })
    expect(await rejection(openUrl(server.url, { stop: stop.signal, clock }))).toMatchObject({ exit: 130 })
    expect([server.seen.length, clock.deadlines]).toEqual([1, 0])
  })
})

describe('feed that is too large', () => {
  const limits = { maxBytes: 1000, totalMs: 60_000 }
  const sized = (size: number): Buffer => Buffer.alloc(size, 'x')

  it('is refused by what the server announces, without waiting for it', async () => {
    const url = await serveRaw(socket => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 4294967297\r\n\r\nsku'))
    expect(await refusal(openUrl(url))).toBe(`${url}/ has more than 4294967296 bytes`)
  })

  it('is refused by what comes when nothing was announced; the limit itself is taken', async () => {
    const { url } = await serve(({ path }) => ({
      headers: { 'transfer-encoding': 'chunked' },
      body: sized(Number(path.slice(1))),
    }))
    expect(await refusal(download(`${url}/1001`, aRemote(), limits))).toBe(`${url}/1001 has more than 1000 bytes`)
    const { bytes, notes } = await download(`${url}/1000`, aRemote(), limits)
    expect([await sizeOf(bytes), notes]).toEqual([1000, ['downloaded 1000 bytes']])
  })

  it.each([
    ['gzip', gzipSync],
    ['deflate', deflateSync],
    ['br', brotliCompressSync],
  ])('is refused by what it inflates to: %s', async (coding, compress) => {
    const { url } = await serve(() => ({ headers: { 'content-encoding': coding }, body: compress(sized(50_000_000)) }))
    const unlimited = { ...limits, maxBytes: 1_000_000 }
    expect(await refusal(download(url, aRemote(), unlimited))).toBe(`${url}/ has more than 1000000 bytes`)
  })
})

describe('feed that comes compressed', () => {
  it.each([
    ['gzip', gzipSync(LAMPS)],
    ['x-gzip', gzipSync(LAMPS)],
    ['GZIP', gzipSync(LAMPS)],
    ['deflate', deflateSync(LAMPS)],
    ['deflate', deflateRawSync(LAMPS)],
    ['br', brotliCompressSync(LAMPS)],
    ['identity', Buffer.from(LAMPS)],
    ['gzip, br', brotliCompressSync(gzipSync(LAMPS))],
    ['identity, gzip', gzipSync(LAMPS)],
  ])('as %s by its header is inflated', async (coding, body) => {
    const { url } = await serve(() => ({ headers: { 'content-encoding': coding }, body }))
    expect(await readUrl(url)).toMatchObject({
      notes: ['downloaded 25 bytes', 'delimiter ,'],
      records: [{ cells: LAMP }],
    })
  })

  it('is inflated by its content as files are, after its header too', async () => {
    const body = gzipSync(LAMPS)
    const { url } = await serve(({ path }) =>
      path === '/a' ? { body } : { headers: { 'content-encoding': 'gzip' }, body: gzipSync(body) },
    )
    expect(await readUrl(`${url}/a`)).toMatchObject({
      notes: [`downloaded ${body.length} bytes`, 'gzip', 'delimiter ,'],
      records: [{ cells: LAMP }],
    })
    expect(await rowsOf(`${url}/b`)).toEqual([LAMP])
  })

  it.each([
    ['gzip', gzipSync(LAMPS)],
    ['deflate', deflateSync(LAMPS)],
    ['deflate', deflateRawSync(LAMPS)],
    ['br', brotliCompressSync(LAMPS)],
  ])('as %s is refused when it is cut anywhere, although its length was met', async (coding, body) => {
    const { url } = await serve(({ path }) => ({
      headers: { 'content-encoding': coding },
      body: body.subarray(0, Number(path.slice(1))),
    }))
    for (let length = 1; length < body.length; length++) {
      const message = await refusal(openUrl(`${url}/${length}`))
      expect(message).toMatch(`${url}/${length}: the compressed answer is damaged or cut off: `)
    }
  })

  it('is refused when it is not what its header says', async () => {
    const { url } = await serve(() => ({ headers: { 'content-encoding': 'gzip' }, body: LAMPS }))
    expect(await refusal(openUrl(url))).toBe(
      `${url}/: the compressed answer is damaged or cut off: incorrect header check`,
    )
  })

  it.each(['zstd', 'compress', 'gzip, gzip, gzip', '__proto__'])('as %s is refused', async coding => {
    const { url } = await serve(() => ({ headers: { 'content-encoding': coding }, body: LAMPS }))
    expect(await refusal(openUrl(url))).toBe(
      `${url}/: the answer is compressed as "${coding}", which was not asked for`,
    )
  })

  it('is refused when its connection breaks, in the words for that', async () => {
    const body = gzipSync(LAMPS)
    const url = await serveRaw(socket => {
      socket.write(`HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: ${body.length}\r\n\r\n`)
      socket.end(body.subarray(0, 20))
    })
    expect(await refusal(openUrl(url))).toBe(
      `${url}/: the connection broke after 20 of ${body.length} bytes (other side closed)`,
    )
  })
})

describe('feed that cannot be kept', () => {
  it('is refused with the folder and what to do', async () => {
    const { url } = await serve(() => ({ body: LAMPS }))
    const downloads = join(fileURLToPath(import.meta.url), 'downloads') // this file is no folder
    const error = await rejection(openUrl(url, { downloads }))
    expect(error).toBeInstanceOf(FeedError)
    expect(error).toMatchObject({
      message: expect.stringMatching(`^A download cannot be kept in ${downloads}: ENOTDIR`),
      fix: 'Make room there, and see who may write to it.',
    })
  })
})

async function sizeOf(chunks: AsyncIterable<Uint8Array>): Promise<number> {
  let size = 0
  for await (const chunk of chunks) size += chunk.length
  return size
}
