import { readdirSync } from 'node:fs'
import { MockAgent } from 'undici'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { openFeed } from '../../src/feeds/index.ts'
import { parseAddress } from '../../src/feeds/remote/address.ts'
import { ask } from '../../src/feeds/remote/ask.ts'
import { Watch } from '../../src/feeds/remote/watch.ts'
import { FeedError } from '../../src/model/errors.ts'
import { ManualClock } from '../helpers/clock.ts'
import { rejection } from '../helpers/http.ts'
import { proxies } from '../helpers/proxy.ts'
import { rawServers } from '../helpers/raw.ts'
import { inTurn, type Script, servers } from '../helpers/server.ts'
import { folders } from '../lib/folder.ts'
import { aRemote, LAMPS, openUrl, readUrl, rowsOf } from './downloading.ts'
import { recordsOf, refusal, Source } from './reading.ts'

const serve = servers()
const serveRaw = rawServers()
const startProxy = proxies()
const newFolder = folders()

beforeEach(() => vi.stubEnv('TMPDIR', newFolder()))
afterEach(() => vi.unstubAllEnvs())

const temporary = (): string[] => readdirSync(process.env.TMPDIR ?? '')
const LAMP = ['LMP-1', 'Desk lamp']
const MANY_LAMPS = LAMPS + 'LMP-2,Lamp\n'.repeat(45_000)

describe('feed from a URL', () => {
  it('is read like a file, and named by its URL in every place', async () => {
    const { url } = await serve(() => ({ body: LAMPS }))
    expect(await readUrl(`${url}/export/lamps.csv`)).toEqual({
      file: `${url}/export/lamps.csv`,
      notes: ['downloaded 25 bytes', 'delimiter ,'],
      records: [{ place: `${url}/export/lamps.csv:2`, cells: LAMP }],
    })
  })

  it('may be of any format', async () => {
    const { url } = await serve(() => ({ body: '[{"sku":"LMP-1"}]', headers: { 'content-type': 'text/plain' } }))
    expect((await readUrl(url)).records).toEqual([{ place: `${url}/#0`, value: { sku: 'LMP-1' } }])
  })

  it('is asked for as itself, saying who asks and what is understood', async () => {
    const server = await serve(() => ({ body: LAMPS }))
    await readUrl(`${server.url}/lamps.csv?fields=sku,name#top`)
    expect(server.seen.map(({ method, path, headers }) => ({ method, path, headers }))).toEqual([
      {
        method: 'GET',
        path: '/lamps.csv?fields=sku,name',
        headers: {
          accept: 'text/csv, application/json, application/xml, */*',
          'accept-encoding': 'gzip, deflate, br',
          connection: 'keep-alive',
          host: new URL(server.url).host,
          'user-agent': 'assetsync/1.0.0',
        },
      },
    ])
  })

  it('is on disk as a whole before the first record is read', async () => {
    const server = await serve(() => ({ body: MANY_LAMPS }))
    const feed = await openUrl(server.url)
    await server.close()
    expect(await recordsOf(feed)).toHaveLength(45_001)
  })

  it('leaves nothing on disk at its end', async () => {
    const { url } = await serve(() => ({ body: MANY_LAMPS }))
    const feed = await openUrl(url)
    const before = temporary().length
    await recordsOf(feed)
    expect([before, temporary()]).toEqual([1, []])
  })

  it('leaves nothing on disk when its records are left', async () => {
    const { url } = await serve(() => ({ body: MANY_LAMPS }))
    for await (const page of (await openUrl(url)).records) {
      expect(page).not.toEqual([])
      break
    }
    expect(temporary()).toEqual([])
  })

  it.each([
    ['a web page', '<!DOCTYPE html><title>Log in</title>', 'is a web page, perhaps a login page, not a feed'],
    ['nothing', '', 'is empty'],
    ['an endless record', 'sku,name\n"LMP-1', /^.*:2, byte 9: .*quote/],
  ])('is refused in the words for files, and leaves nothing, when it is %s', async (_, body, words) => {
    const { url } = await serve(() => ({ body }))
    expect(await refusal(readUrl(`${url}/lamps`))).toMatch(words)
    expect(temporary()).toEqual([])
  })

  it('is refused where nothing may be downloaded', async () => {
    const options = { delimiter: 'auto', encoding: 'auto', records: null, code: null }
    const reading = openFeed('https://shop.example/feed.csv?key=k', options, { cwd: '/', stdin: new Source([]) })
    expect(await refusal(reading)).toBe('https://shop.example/feed.csv?…: nothing is downloaded here')
  })

  it('comes through the proxy, except from hosts that need none', async () => {
    const server = await serve(() => ({ body: LAMPS }))
    const proxy = await startProxy(server.url)
    const through = { http: proxy.url, https: undefined, no: '127.0.0.1' }
    expect(await rowsOf('http://shop.example/lamps.csv', { proxies: through })).toEqual([LAMP])
    expect(await rowsOf(server.url, { proxies: through })).toEqual([LAMP])
    expect(proxy.asked).toEqual(['shop.example:80'])
  })

  it('is refused when the proxy refuses', async () => {
    const proxy = await startProxy('http://127.0.0.1:1', 407)
    const reading = openUrl('http://shop.example/lamps.csv', {
      proxies: { http: proxy.url, https: undefined, no: undefined },
    })
    expect(await refusal(reading)).toBe(
      'http://shop.example/lamps.csv: shop.example: the connection failed: ' +
        'Proxy response (407) !== 200 when HTTP Tunneling',
    )
  })

  it('says when the server did not tell its length', async () => {
    const url = await serveRaw(socket => socket.end(`HTTP/1.1 200 OK\r\n\r\n${LAMPS}`))
    expect((await readUrl(url)).notes).toEqual([
      'downloaded 25 bytes',
      'the server did not say how long it is, so that a cut would not show',
      'delimiter ,',
    ])
  })
})

describe('feed that is refused by its server', () => {
  const credentials =
    'The server wants credentials or does not accept these: check the user name and password or the key in the address.'
  const later = 'The server cannot give it at the moment: try again later.'
  const nothing = 'Nothing is there: check the address.'
  const look = 'Open the address in a browser to see what it says.'

  it.each([
    [401, credentials],
    [403, credentials],
    [404, nothing],
    [410, nothing],
    [408, later],
    [429, later],
    [500, later],
    [503, later],
    [204, look],
    [206, look],
    [300, look],
    [304, look],
    [400, look],
  ])('with status %i', async (status, fix) => {
    const server = await serve(() => ({ status, body: [204, 304].includes(status) ? '' : LAMPS }))
    const error = await rejection(openUrl(`${server.url}/lamps.csv`))
    expect(error).toBeInstanceOf(FeedError)
    expect(error).toMatchObject({
      message: `${server.url}/lamps.csv: ${new URL(server.url).host} answers with status ${status}`,
      fix,
      exit: 3,
    })
    expect([server.seen.length, temporary()]).toEqual([1, []])
  })
})

describe('feed that has moved', () => {
  const countdown: Script = ({ path }) =>
    path === '/0' ? { body: LAMPS } : { status: 302, headers: { location: String(Number(path.slice(1)) - 1) } }

  it('is followed five times, keeps its name, and says where it came from', async () => {
    const { url } = await serve(countdown)
    expect(await readUrl(`${url}/5`)).toEqual({
      file: `${url}/5`,
      notes: [`redirected to ${url}/0`, 'downloaded 25 bytes', 'delimiter ,'],
      records: [{ place: `${url}/5:2`, cells: LAMP }],
    })
  })

  it('is not followed six times, nor in a circle', async () => {
    const server = await serve(countdown)
    expect(await refusal(openUrl(`${server.url}/6`))).toBe(`${server.url}/6: redirected more than 5 times`)
    const circle = await serve(() => ({ status: 302, headers: { location: '/lamps.csv' } }))
    expect(await refusal(openUrl(circle.url))).toBe(`${circle.url}/: redirected more than 5 times`)
    expect([server.seen.length, circle.seen.length]).toEqual([6, 6])
  })

  it.each([301, 302, 303, 307, 308])('is followed to another host with status %i', async status => {
    const other = await serve(() => ({ body: LAMPS }))
    const { url } = await serve(() => ({ status, headers: { location: `${other.url}/lamps.csv` } }))
    expect(await rowsOf(url)).toEqual([LAMP])
  })

  it('is refused in the name of the host that refuses it', async () => {
    const other = await serve(() => ({ status: 404 }))
    const { url } = await serve(() => ({ status: 302, headers: { location: other.url } }))
    expect(await refusal(openUrl(url))).toBe(`${url}/: ${new URL(other.url).host} answers with status 404`)
  })

  it('does not wait for what else is said where it was', async () => {
    const other = await serve(() => ({ body: LAMPS }))
    const url = await serveRaw(socket =>
      socket.write(`HTTP/1.1 302 Found\r\nLocation: ${other.url}/\r\nContent-Length: 9000\r\n\r\nmoved`),
    )
    expect(await rowsOf(url)).toEqual([LAMP])
  })

  it.each([
    [undefined, 'redirects to what is no address'],
    ['http://[lamp', 'redirects to what is no address'],
    ['file:///etc/passwd', 'redirects to file:'],
    ['data:text/csv,sku', 'redirects to data:'],
  ])('is refused when it moved to %s', async (location, what) => {
    const { url } = await serve(() => ({ status: 302, headers: location === undefined ? {} : { location } }))
    expect(await refusal(openUrl(url))).toBe(`${url}/: ${new URL(url).host} ${what}`)
  })

  it('is refused when it moved from https to http, and followed from http to https', async () => {
    const mock = new MockAgent()
    mock.disableNetConnect()
    const secure = mock.get('https://shop.example')
    secure.intercept({ path: '/a?key=k1' }).reply(302, '', { headers: { location: 'http://shop.example/b?key=k1' } })
    secure.intercept({ path: '/c' }).reply(200, LAMPS)
    mock
      .get('http://shop.example')
      .intercept({ path: '/c' })
      .reply(301, '', {
        headers: { location: 'https://shop.example/c' },
      })
    const watch = new Watch('lamps', { ...aRemote(), clock: new ManualClock(), idleMs: 1, totalMs: 1 })
    const asking = (url: string) =>
      ask(parseAddress(url), { dispatcher: mock, agent: 'assetsync/1.0.0', watch }, () => ({}))
    expect(await refusal(asking('https://shop.example/a?key=k1'))).toBe(
      'https://shop.example/a?…: shop.example redirects from https to http://shop.example/b?…, ' +
        'which anybody on the way could change',
    )
    expect((await asking('http://shop.example/c')).url.href).toBe('https://shop.example/c')
  })
})

describe('feed with user name and password', () => {
  const basic = `Basic ${Buffer.from('lamp:s@fe').toString('base64')}`
  const withLogin = (url: string): string => url.replace('//', '//lamp:s%40fe@')

  it('is asked for with them, and named without them', async () => {
    const server = await serve(() => ({ body: LAMPS }))
    expect((await readUrl(withLogin(`${server.url}/lamps.csv`))).file).toBe(`${server.url}/lamps.csv`)
    expect(server.seen[0]?.headers.authorization).toBe(basic)
  })

  it('is asked for with them where it moved on the same host, and nowhere else', async () => {
    const other = await serve(() => ({ body: LAMPS }))
    const server = await serve(
      inTurn(
        { status: 301, headers: { location: '/b' } },
        { status: 301, headers: { location: other.url.replace('//', '//desk:lamp@') } },
      ),
    )
    expect(await rowsOf(withLogin(`${server.url}/a`))).toEqual([LAMP])
    expect([...server.seen, ...other.seen].map(({ headers }) => headers.authorization)).toEqual([
      basic,
      basic,
      undefined,
    ])
  })
})
