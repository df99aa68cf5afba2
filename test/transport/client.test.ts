import { createServer as createHttpsServer } from 'node:https'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { afterEach, describe, expect, it } from 'vitest'
import type { Proxies } from '../../src/lib/connections.ts'
import { UsageError } from '../../src/model/errors.ts'
import type { HttpRequest } from '../../src/model/http.ts'
import { type Client, createClient } from '../../src/transport/client.ts'
import { aFault, aRequest, faultOf } from '../helpers/http.ts'
import { proxies } from '../helpers/proxy.ts'
import { inTurn, servers } from '../helpers/server.ts'
import { SELF_SIGNED } from './self-signed.ts'

const serve = servers()
const startProxy = proxies()
const DIRECT: Proxies = { http: undefined, https: undefined, no: undefined }
const TEN_MIB = 10 * 1024 * 1024
const opened: Client[] = []

afterEach(async () => {
  await Promise.all(opened.splice(0).map(client => client.close()))
})

function open(connections = 1, proxies: Partial<Proxies> = {}): Client {
  const client = createClient(connections, { ...DIRECT, ...proxies })
  opened.push(client)
  return client
}

function post(url: string, facts: Partial<HttpRequest> = {}): HttpRequest {
  return aRequest({ url, headers: { 'content-type': 'application/json' }, body: Buffer.from('[]'), ...facts })
}

describe('client', () => {
  it('sends method, path, query, headers and body as they are given', async () => {
    const server = await serve(() => ({}))
    const url = `${server.url}/v1/assets?store_uuid=a%2Fb&channel=SMP`
    await open().send(post(url, { headers: { 'X-Request-Id': 'request-1' }, body: Buffer.from('["Ångström ✨"]') }))
    expect(server.seen).toMatchObject([
      {
        method: 'POST',
        path: '/v1/assets?store_uuid=a%2Fb&channel=SMP',
        headers: { 'x-request-id': 'request-1', 'content-length': '18' },
        body: '["Ångström ✨"]',
      },
    ])
  })

  it('gives status, headers in lower case, and the body as text', async () => {
    const server = await serve(() => ({
      status: 404,
      headers: { 'X-Request-Id': 'request-1', 'Retry-After': ['5', '10'] },
      body: '{"lamp":"Ångström ✨"}',
    }))
    const { status, headers, body, attempts } = await open().send(post(server.url))
    expect([status, body, attempts]).toEqual([404, '{"lamp":"Ångström ✨"}', 1])
    expect(headers).toMatchObject({ 'x-request-id': 'request-1', 'retry-after': '5, 10' })
  })

  it('keeps connections: twenty requests, four at a time, use at most four', async () => {
    const server = await serve(() => ({}))
    const { send } = open(4)
    for (let round = 0; round < 5; round++) await Promise.all(Array.from({ length: 4 }, () => send(post(server.url))))
    expect([server.seen.length, server.connections <= 4]).toEqual([20, true])
  })

  it('does not ask for compressed answers, which can be cut without anybody noticing', async () => {
    const server = await serve(() => ({}))
    await open().send(post(server.url))
    expect(server.seen[0]?.headers).not.toHaveProperty('accept-encoding')
  })

  it.each([301, 302, 303, 307, 308])('never follows a redirect: %i is an answer', async status => {
    const other = await serve(() => ({}))
    const server = await serve(() => ({ status, headers: { location: `${other.url}/v1/assets?token=lamp` } }))
    const answer = await open().send(
      post(server.url, { headers: { authorization: 'Bearer lamp', 'x-api-key': 'lamp' } }),
    )
    expect([answer.status, server.seen.length, other.seen]).toEqual([status, 1, []])
  })

  it('knows that a refused connection was never sent', async () => {
    const server = await serve(() => ({}))
    await server.close()
    const { host } = new URL(server.url)
    const { kind, reason, message } = await faultOf(open().send(post(server.url)))
    expect([kind, reason, message]).toEqual([
      'unreachable',
      'unreachable',
      `${host} cannot be reached: connect ECONNREFUSED ${host}`,
    ])
  })

  it('names the host when none of its addresses can be reached', async () => {
    const server = await serve(() => ({}))
    await server.close()
    const { kind, message } = await faultOf(open().send(post(server.url.replace('127.0.0.1', 'localhost'))))
    expect([kind, message]).toEqual(['unreachable', expect.stringMatching(/^localhost:\d+ cannot be reached: .+/)])
  })

  it('is in doubt when the connection is reset while it sends', async () => {
    const server = await serve(
      () => ({}),
      () => true,
    )
    const fault = await faultOf(open().send(post(server.url, { body: Buffer.alloc(5_000_000, ' ') })))
    expect([fault.kind, fault.reason]).toEqual(['ambiguous', 'connection-lost'])
  })

  it('is in doubt when the connection is reset instead of an answer, and does not send again by itself', async () => {
    const server = await serve(() => 'reset')
    const fault = await faultOf(open().send(post(server.url)))
    expect([fault.kind, fault.reason, server.seen.length]).toEqual(['ambiguous', 'connection-lost', 1])
  })

  it('is in doubt when a kept connection is reset, and does not send again by itself', async () => {
    const server = await serve(inTurn({}, 'reset'))
    const { send } = open()
    await send(post(server.url))
    const fault = await faultOf(send(post(server.url)))
    expect([fault.kind, server.seen.length, server.connections]).toEqual(['ambiguous', 2, 1])
  })

  it('is in doubt when an answer is cut', async () => {
    const server = await serve(() => 'cut')
    const fault = await faultOf(open().send(post(server.url)))
    expect([fault.kind, fault.reason]).toEqual(['ambiguous', 'connection-lost'])
  })

  it('goes on after a connection was lost', async () => {
    const server = await serve(inTurn('reset', { body: 'lamp' }))
    const { send } = open()
    await faultOf(send(post(server.url)))
    expect((await send(post(server.url))).body).toBe('lamp')
  })

  it('takes an answer of 10 MiB and gives up on a larger one', async () => {
    const server = await serve(inTurn({ body: Buffer.alloc(TEN_MIB, ' ') }, { body: Buffer.alloc(TEN_MIB + 1, ' ') }))
    const { send } = open()
    expect((await send(post(server.url))).body).toHaveLength(TEN_MIB)
    const { kind, message } = await faultOf(send(post(server.url)))
    expect([kind, message]).toEqual(['unreadable', `${new URL(server.url).host} answered with more than 10 MiB`])
  })

  it.each([
    ['gzip', gzipSync('{"lamp":1}')],
    ['br', brotliCompressSync('{"lamp":1}')],
  ])('unpacks an answer that comes as %s all the same', async (encoding, body) => {
    const server = await serve(() => ({ headers: { 'content-encoding': encoding }, body }))
    expect((await open().send(post(server.url))).body).toBe('{"lamp":1}')
  })

  it('is in doubt when a packed answer was cut, which HTTP does not notice', async () => {
    const body = gzipSync('{"lamp":1}').subarray(0, -10)
    const server = await serve(() => ({ headers: { 'content-encoding': 'gzip' }, body }))
    const { kind, reason, message } = await faultOf(open().send(post(server.url)))
    const { host } = new URL(server.url)
    expect([kind, reason, message]).toEqual([
      'ambiguous',
      'connection-lost',
      `the connection to ${host} broke: unexpected end of file`,
    ])
  })

  it('gives up on a packed answer that is larger than 10 MiB', async () => {
    const body = gzipSync(Buffer.alloc(TEN_MIB + 1))
    const server = await serve(() => ({ headers: { 'content-encoding': 'gzip' }, body }))
    const { kind, message } = await faultOf(open().send(post(server.url)))
    expect([kind, message]).toEqual(['unreadable', `${new URL(server.url).host} answered with more than 10 MiB`])
  })

  it.each([
    ['fewer bytes than it promised', 'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"lamp":1}'],
    ['no last chunk', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\na\r\n{"lamp":1}\r\n'],
    ['half a head', 'HTTP/1.1 200 OK\r\nContent-Le'],
    ['a continue and nothing more', 'HTTP/1.1 100 Continue\r\n\r\n'],
    ['nothing at all', ''],
  ])('is in doubt after an answer with %s', async (_, answer) => {
    const server = await plainServer(socket => socket.end(answer))
    const { kind, reason } = await faultOf(open().send(post(server)))
    expect([kind, reason]).toEqual(['ambiguous', 'connection-lost'])
  })

  it('takes bytes that are no HTTP for a lost connection', async () => {
    const server = await plainServer(socket => socket.end('lamp lamp lamp\r\n\r\n'))
    const fault = await faultOf(open().send(post(server)))
    expect([fault.kind, fault.reason]).toEqual(['ambiguous', 'connection-lost'])
  })

  it('never crashes on headers without end', async () => {
    const server = await plainServer(socket => socket.end(`HTTP/1.1 200 OK\r\nX: ${'lamp'.repeat(20_000)}\r\n\r\n`))
    expect((await faultOf(open().send(post(server)))).kind).toBe('ambiguous')
  })

  it('knows that nothing was sent when TLS ends before it has begun', async () => {
    const server = await plainServer(socket => socket.destroy())
    expect((await faultOf(open().send(post(server.replace('http:', 'https:'))))).kind).toBe('unreachable')
  })

  it('knows that nothing was sent when the other side does not speak TLS', async () => {
    const server = await serve(() => ({}))
    const { kind, message } = await faultOf(open().send(post(server.url.replace('http:', 'https:'))))
    expect([kind, message]).toEqual(['unreachable', expect.stringMatching(/cannot be reached: TLS failed, [a-z ]+$/)])
    expect(server.seen).toEqual([])
  })

  it('does not trust a certificate that anybody could have made', async () => {
    const seen: unknown[] = []
    const server = createHttpsServer(SELF_SIGNED, (request, response) => response.end(seen.push(request)))
    plain.push(server)
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    const host = `localhost:${(server.address() as AddressInfo).port}`
    const { kind, reason, message } = await faultOf(open().send(post(`https://${host}/v1/assets`)))
    expect([kind, reason, seen]).toEqual(['unreachable', 'certificate-refused', []])
    expect(message).toMatch(new RegExp(`^${host} cannot be trusted: .+ \\(NODE_EXTRA_CA_CERTS can name`))
  })

  it('refuses to send what HTTP has no form for', async () => {
    const server = await serve(() => ({}))
    const { kind, message } = await faultOf(open().send(post(server.url, { headers: { 'x-lamp': 'a\r\nb' } })))
    expect([kind, message, server.seen]).toEqual(['refused', expect.stringContaining('cannot be sent to'), []])
  })

  it('lets the one who aborts say why', async () => {
    const server = await serve(() => 'silence')
    const abort = new AbortController()
    const fault = faultOf(open().send(post(server.url, { signal: abort.signal })))
    await server.arrived(1)
    const reason = aFault('stopped', { message: 'enough' })
    abort.abort(reason)
    expect(await fault).toBe(reason)
  })
})

describe('client behind a proxy', () => {
  it('goes through the proxy for http', async () => {
    const server = await serve(() => ({ body: 'lamp' }))
    const proxy = await startProxy(server.url)
    const { send } = open(1, { http: proxy.url })
    const { body } = await send(post('http://catalog.example.com/v1/assets'))
    expect([body, proxy.asked, server.seen[0]?.path]).toEqual(['lamp', ['catalog.example.com:80'], '/v1/assets'])
  })

  it('goes through the proxy for https, as a tunnel', async () => {
    const server = await serve(() => ({}))
    const proxy = await startProxy(server.url)
    await faultOf(open(1, { https: proxy.url }).send(post('https://catalog.example.com/v1/assets')))
    expect([proxy.asked, server.seen]).toEqual([['catalog.example.com:443'], []])
  })

  it('takes an address without a scheme for http', async () => {
    const server = await serve(() => ({}))
    const proxy = await startProxy(server.url)
    await open(1, { http: proxy.url.replace('http://', '') }).send(post('http://catalog.example.com/'))
    expect(proxy.asked).toEqual(['catalog.example.com:80'])
  })

  it.each(['http://proxy example', 'ftp://proxy.example.com', 'http://user:lamp-password@'])(
    'refuses a proxy address that is none, without repeating it: %s',
    address => {
      expect(() => createClient(1, { ...DIRECT, https: address })).toThrow(UsageError)
      expect(() => createClient(1, { ...DIRECT, https: address })).not.toThrow(address)
    },
  )

  it('shows the proxy the credentials of its address', async () => {
    const server = await serve(() => ({}))
    const proxy = await startProxy(server.url)
    await open(1, { http: proxy.url.replace('//', '//anna:s%40lt@') }).send(post('http://catalog.example.com/'))
    expect(proxy.credentials).toEqual([`Basic ${Buffer.from('anna:s@lt').toString('base64')}`])
    expect(server.seen[0]?.headers).not.toHaveProperty('proxy-authorization')
  })

  it.each([['127.0.0.1'], ['example.org, 127.0.0.1'], ['*']])(
    'goes around the proxy for hosts in no_proxy: %s',
    async no => {
      const server = await serve(() => ({ body: 'lamp' }))
      const proxy = await startProxy(server.url)
      const { body } = await open(1, { http: proxy.url, no }).send(post(server.url))
      expect([body, proxy.asked]).toEqual(['lamp', []])
    },
  )

  it('goes through the proxy for all other hosts', async () => {
    const server = await serve(() => ({ body: 'lamp' }))
    const proxy = await startProxy(server.url)
    await open(1, { http: proxy.url, no: 'example.org,127.0.0.2' }).send(post(server.url))
    expect(proxy.asked).toEqual([new URL(server.url).host])
  })

  it.each([403, 407, 502])('knows that nothing was sent when the proxy makes no tunnel: %i', async status => {
    const server = await serve(() => ({}))
    const proxy = await startProxy(server.url, status)
    const { kind, message } = await faultOf(open(1, { http: proxy.url }).send(post('http://catalog.example.com/')))
    expect([kind, message, server.seen]).toEqual([
      'unreachable',
      `catalog.example.com cannot be reached: Proxy response (${status}) !== 200 when HTTP Tunneling`,
      [],
    ])
  })

  it('knows that nothing was sent when the proxy is down', async () => {
    const server = await serve(() => ({}))
    const proxy = await startProxy(server.url)
    await proxy.close()
    expect((await faultOf(open(1, { http: proxy.url }).send(post(server.url)))).kind).toBe('unreachable')
    expect(server.seen).toEqual([])
  })
})

const plain: Server[] = []
afterEach(() => {
  for (const server of plain.splice(0)) server.close()
})

/** A server without HTTP: says what it says as soon as it hears anything. Its address as an http URL. */
function plainServer(greet: (socket: Socket) => void): Promise<string> {
  const server = createServer(socket => socket.on('error', () => undefined).once('data', () => greet(socket)))
  plain.push(server)
  return new Promise(resolve => {
    server.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`))
  })
}
