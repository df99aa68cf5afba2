import { readdirSync } from 'node:fs'
import { createServer } from 'node:http'
import { type AddressInfo, createServer as createTcpServer, type Server } from 'node:net'
import { join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { resolveBySystem } from '../../src/images/lookup.ts'
import { OutputError } from '../../src/model/errors.ts'
import { ManualClock } from '../helpers/clock.ts'
import { inTurn, servers } from '../helpers/server.ts'
import { folders } from '../lib/folder.ts'
import { aResolver, opener } from './opening.ts'
import { bytesOf, LOGIN_PAGE, PICTURES, PNG, pngOf } from './pictures.ts'

const serve = servers()
const open = opener()
const newFolder = folders()
const listening: { destroy(): void }[] = []

afterEach(() => {
  vi.unstubAllEnvs()
  for (const each of listening.splice(0)) each.destroy()
})

/** What a target would send. */
async function bytesAt(url: string, images = open()): Promise<Uint8Array | string> {
  const image = await images.get(url)
  return image.kind === 'file' ? image.read() : `${image.reason}: ${image.message}`
}

describe('images', () => {
  it('gives the picture behind a URL, with the type that its bytes show and a safe name', async () => {
    const server = await serve(() => ({ headers: { 'content-type': 'text/html' }, body: PNG }))
    const url = `${server.url}/lamps/Lampe%20%C3%89t%C3%A9.jpg?w=800`
    const image = await open().get(url)
    expect(image).toEqual({
      kind: 'file',
      url,
      size: PNG.length,
      type: 'image/png',
      filename: 'Lampe-Ete.png',
      read: expect.any(Function),
    })
    expect(await bytesAt(url)).toEqual(PNG)
  })

  it.each(PICTURES)('fetches $type over HTTP', async ({ type, bytes }) => {
    const server = await serve(() => ({ body: bytes }))
    expect(await open().get(`${server.url}/lamp`)).toMatchObject({ kind: 'file', type, size: bytes.length })
  })

  it('asks as itself, for the picture as it is, with no cookie, credential or referrer', async () => {
    const server = await serve(
      inTurn({ status: 302, headers: { location: '/b', 'set-cookie': 'session=1' } }, { body: PNG }),
    )
    await open().get(`${server.url}/a?size=800`)
    const headers = {
      accept: '*/*',
      'accept-encoding': 'identity',
      connection: 'keep-alive',
      host: new URL(server.url).host,
      'user-agent': 'assetsync/1.0.0',
    }
    expect(server.seen.map(({ method, path, headers }) => ({ method, path, headers }))).toEqual([
      { method: 'GET', path: '/a?size=800', headers },
      { method: 'GET', path: '/b', headers },
    ])
  })

  it('keeps every picture until the end, however many were fetched at once', async () => {
    const server = await serve(({ path }) => ({ body: pngOf(100 + Number(path.slice(1))) }))
    const images = open()
    const urls = Array.from({ length: 50 }, (_, no) => `${server.url}/${no}`)
    const files = await Promise.all(urls.map(url => images.get(url)))
    const contents = await Promise.all(files.map(file => (file.kind === 'file' ? file.read() : file)))
    expect(contents).toEqual(urls.map((_, no) => pngOf(100 + no)))
    expect(server.connections).toBeLessThanOrEqual(4)
  })

  it('downloads a URL once, asked for together or later', async () => {
    const server = await serve(() => ({ body: PNG }))
    const images = open()
    const url = `${server.url}/lamp.png`
    const [first, second] = await Promise.all([images.get(url), images.get(url)])
    expect([first === second, first === (await images.get(url)), server.seen.length]).toEqual([true, true, 1])
  })

  it('does not ask again for what was a problem', async () => {
    const server = await serve(() => ({ status: 404 }))
    const images = open()
    await Promise.all([images.get(`${server.url}/lamp.png`), images.get(`${server.url}/lamp.png`)])
    await images.get(`${server.url}/lamp.png`)
    expect(server.seen.length).toBe(1)
  })

  it('is not confused by a URL that is the name of something in JavaScript', async () => {
    const images = open()
    for (const url of ['__proto__', 'constructor', 'toString']) {
      expect(await images.get(url)).toEqual({
        kind: 'problem',
        reason: 'image-address-forbidden',
        message: `The image "${url}" cannot be used: it is not a URL.`,
      })
    }
  })
})

describe('images that are none', () => {
  it.each([
    ['an HTML page with status 200', LOGIN_PAGE, 'the answer is an HTML page, perhaps a login or an error page'],
    ['an empty answer', '', 'the answer is empty'],
    ['JSON', '{"ok":true}', 'the answer is none of jpg, png, webp, gif, avif, heic, tif, bmp, svg, pdf'],
  ])('says so of %s', async (_, body, what) => {
    const server = await serve(() => ({ headers: { 'content-type': 'image/jpeg' }, body }))
    expect(await open().get(`${server.url}/lamp.jpg?signature=secret`)).toEqual({
      kind: 'problem',
      reason: 'image-not-an-image',
      message: `The image ${server.url}/lamp.jpg cannot be used: ${what}.`,
    })
  })

  it.each([204, 206, 304, 400, 401, 403, 404, 410])('refuses status %i, at once', async status => {
    const server = await serve(() => ({ status, body: PNG }))
    expect(await open().get(`${server.url}/lamp.png`)).toEqual({
      kind: 'problem',
      reason: 'image-refused',
      message: `The image ${server.url}/lamp.png cannot be used: ${new URL(server.url).host} answers with status ${status}.`,
    })
    expect(server.seen.length).toBe(1)
  })

  it('says of an unknown host that it is not reached, and does not insist', async () => {
    const { resolve, asked } = aResolver([])
    expect(await open({}, resolve).get('http://images.example/lamp.png')).toEqual({
      kind: 'problem',
      reason: 'image-unreachable',
      message: 'The image http://images.example/lamp.png cannot be used: images.example has no address.',
    })
    expect(asked).toEqual(['images.example'])
  })
})

describe('image size', () => {
  const url = (server: { url: string }): string => `${server.url}/lamp.png`

  it('may be the limit, not a byte more', async () => {
    const exact = await serve(() => ({ body: pngOf(1000) }))
    const more = await serve(() => ({ body: pngOf(1001) }))
    expect(await open().get(url(exact))).toMatchObject({ kind: 'file', size: 1000 })
    expect(await open().get(url(more))).toEqual({
      kind: 'problem',
      reason: 'image-too-large',
      message: `The image ${url(more)} cannot be used: it has more than 1000 bytes.`,
    })
  })

  it('is limited when the server does not tell it', async () => {
    const [exact, more] = await Promise.all(
      [1000, 1001].map(size =>
        serveChunks(write => {
          for (const byte of pngOf(size)) write(Uint8Array.of(byte))
          return 'end'
        }),
      ),
    )
    expect(await open().get(`${exact}/lamp.png`)).toMatchObject({ kind: 'file', size: 1000 })
    expect(await open().get(`${more}/lamp.png`)).toMatchObject({ reason: 'image-too-large' })
  })

  it('ends a stream that never ends', async () => {
    const endless = await serveChunks(write => {
      write(pngOf(100_000))
      return 'stay'
    })
    expect(await open().get(`${endless}/lamp.png`)).toMatchObject({ reason: 'image-too-large' })
  })

  it('is what arrives up to the announced length when a server sends more', async () => {
    const lying = await serveRaw(`HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n`, pngOf(5000))
    expect(await bytesAt(`${lying}/lamp.png`)).toEqual(pngOf(20))
  })

  it('is too large by what the server announces, without waiting for it', async () => {
    const lying = await serveRaw(`HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\n\r\n`, PNG)
    expect(await open().get(`${lying}/lamp.png`)).toMatchObject({ reason: 'image-too-large' })
  })

  it('is refused when two lengths contradict each other', async () => {
    const lying = await serveRaw(`HTTP/1.1 200 OK\r\nContent-Length: 20\r\nContent-Length: 5000\r\n\r\n`, pngOf(5000))
    expect(await open().get(`${lying}/lamp.png`)).toMatchObject({ reason: 'image-unreachable' })
  })
})

describe('image redirects', () => {
  it('are followed three times', async () => {
    const server = await serve(({ path }) =>
      path === '/3' ? { body: PNG } : { status: 302, headers: { location: String(Number(path.slice(1)) + 1) } },
    )
    const url = `${server.url}/0`
    expect(await open().get(url)).toMatchObject({ kind: 'file', url, filename: '0.png' })
  })

  it.each([301, 302, 303, 307, 308])('are followed with status %i, to another host too', async status => {
    const other = await serve(() => ({ body: PNG }))
    const server = await serve(() => ({ status, headers: { location: `${other.url}/lamp.png` } }))
    expect(await bytesAt(server.url)).toEqual(PNG)
  })

  it('end when they lead in a circle', async () => {
    const server = await serve(({ path }) => ({ status: 302, headers: { location: path === '/a' ? '/b' : '/a' } }))
    expect(await open().get(`${server.url}/a`)).toEqual({
      kind: 'problem',
      reason: 'image-refused',
      message: `The image ${server.url}/a cannot be used: it redirects more than 3 times.`,
    })
    expect(server.seen.length).toBe(4)
  })

  it.each([
    ['http://169.254.169.254/latest/meta-data/', '169.254.169.254 is not a public host'],
    ['//169.254.169.254/latest/meta-data/', '169.254.169.254 is not a public host'],
    ['http://[::ffff:a9fe:a9fe]/', '::ffff:a9fe:a9fe is not a public host'],
    ['http://localhost:22/', 'localhost is not a public host'],
    ['http://user:secret@images.example/', 'URLs with a user name or password are not fetched'],
    ['file:///etc/passwd', 'only http and https URLs are fetched'],
    ['https://images.example:8443/', 'port 8443 is neither 80 nor 443'],
    ['http://intranet.example/', 'intranet.example leads to 10.0.0.7, which is not a public address'],
  ])('to %s are refused', async (location, why) => {
    const server = await serve(() => ({ status: 302, headers: { location } }))
    const { resolve } = aResolver(['93.184.216.34', '10.0.0.7'])
    expect(await open({}, resolve).get(`${server.url}/lamp.png`)).toEqual({
      kind: 'problem',
      reason: 'image-address-forbidden',
      message: expect.stringContaining(`The image ${server.url}/lamp.png cannot be used: ${why}`),
    })
  })

  it('to nowhere are refused', async () => {
    const silent = await serve(() => ({ status: 302 }))
    const broken = await serve(() => ({ status: 302, headers: { location: 'http://[lamp' } }))
    expect([await bytesAt(`${silent.url}/a`), await bytesAt(`${broken.url}/a`)]).toEqual([
      `image-refused: The image ${silent.url}/a cannot be used: ${new URL(silent.url).host} answers with status 302.`,
      `image-refused: The image ${broken.url}/a cannot be used: it redirects to what is not a URL.`,
    ])
  })
})

describe('image addresses', () => {
  it('are refused on loopback unless the config opens it', async () => {
    const server = await serve(() => ({ body: PNG }))
    expect(await open({ allowHosts: [] }).get(`${server.url}/lamp.png`)).toMatchObject({
      reason: 'image-address-forbidden',
    })
    expect(server.connections).toBe(0)
  })

  it('are those of the one answer that was checked: the name is not resolved again', async () => {
    const server = await serve(() => ({ body: PNG }))
    const { resolve, asked } = aResolver(['127.0.0.1'], ['127.0.0.2'])
    const images = open({ allowHosts: ['images.example'], connections: 1 }, resolve)
    const url = `http://images.example:${new URL(server.url).port}`
    expect(await bytesAt(`${url}/lamp.png`, images)).toEqual(PNG)
    expect(await bytesAt(`${url}/sofa.png`, images)).toEqual(PNG)
    expect({ asked, hosts: server.seen.map(({ headers }) => headers.host) }).toEqual({
      asked: ['images.example'],
      hosts: [new URL(url).host, new URL(url).host],
    })
  })

  it('are those that the system knows', async () => {
    const server = await serve(() => ({ body: PNG }))
    const url = `http://localhost:${new URL(server.url).port}/lamp.png`
    expect(await bytesAt(url, open({ allowHosts: ['localhost'] }, resolveBySystem))).toEqual(PNG)
  })

  it('are all checked: one private among public ones is enough', async () => {
    const { resolve } = aResolver(['93.184.216.34', 'fd00:ec2::254'])
    expect(await open({}, resolve).get('https://images.example/lamp.png')).toEqual({
      kind: 'problem',
      reason: 'image-address-forbidden',
      message:
        'The image https://images.example/lamp.png cannot be used: images.example leads to fd00:ec2::254, which is not a ' +
        'public address; if that is meant, name images.example under allowHosts in the config.',
    })
  })

  it('are the sandbox in place of every URL, redirects included', async () => {
    const sandbox = await serve(inTurn({ status: 302, headers: { location: 'http://10.0.0.7/' } }, { body: PNG }))
    const rewrite = (url: string): string => `${sandbox.url}/picture?of=${encodeURIComponent(url)}`
    const { resolve, asked } = aResolver(['93.184.216.34'])
    const image = await open({ allowHosts: [], rewrite }, resolve).get('https://images.example/lamp.jpg')
    expect(image).toMatchObject({ kind: 'file', url: 'https://images.example/lamp.jpg', filename: 'lamp.png' })
    expect({ asked, paths: sandbox.seen.map(({ path }) => path).length }).toEqual({ asked: [], paths: 2 })
  })

  it('stay forbidden when they are private, sandbox or not', async () => {
    const images = open({ allowHosts: [], rewrite: () => 'http://10.0.0.7/picture' })
    expect(await images.get('https://images.example/lamp.jpg')).toMatchObject({ reason: 'image-address-forbidden' })
  })
})

describe('image time', () => {
  it.each(['silence', 'drip'] as const)('is over after the timeout, with a server of %s', async misbehaviour => {
    const server = await serve(() => misbehaviour)
    const clock = new ManualClock()
    const image = open({ clock, maxBytes: 1e9 }).get(`${server.url}/lamp.png`)
    await server.arrived(1)
    await clock.advance(9_999)
    expect(clock.deadlines).toBe(1)
    await clock.advance(1)
    expect(await image).toEqual({
      kind: 'problem',
      reason: 'image-timeout',
      message: `The image ${server.url}/lamp.png cannot be used: it was not complete within 10.0 s.`,
    })
    expect([server.seen.length, clock.deadlines, clock.sleepers]).toEqual([1, 0, 0])
  })

  it('is over for a name that is never resolved', async () => {
    const clock = new ManualClock()
    const image = open({ clock }, () => new Promise(() => undefined)).get('http://images.example/lamp.png')
    await clock.advance(10_000)
    expect(await image).toMatchObject({ reason: 'image-timeout' })
  })

  it('begins anew for those who wait for their turn', async () => {
    const server = await serve(({ path }) => (path === '/slow' ? 'silence' : { body: PNG }))
    const clock = new ManualClock()
    const images = open({ clock, connections: 1 })
    const slow = images.get(`${server.url}/slow`)
    const next = images.get(`${server.url}/lamp.png`)
    await server.arrived(1)
    await clock.advance(10_000)
    expect([await slow, await next]).toMatchObject([{ reason: 'image-timeout' }, { kind: 'file' }])
  })
})

describe('files of images', () => {
  it('have no name while they are in use, and leave nothing behind', async () => {
    const folder = newFolder()
    vi.stubEnv('TMPDIR', folder)
    const server = await serve(() => ({ body: PNG }))
    const images = open()
    const image = await images.get(`${server.url}/lamp.png`)
    expect(readdirSync(folder)).toEqual([])
    await images.close()
    await images.close()
    expect(readdirSync(folder)).toEqual([])
    if (image.kind === 'file') await expect(image.read()).rejects.toThrow('the images are closed')
  })

  it('end the run when they cannot be written', async () => {
    const folder = join(newFolder(), 'missing')
    vi.stubEnv('TMPDIR', folder)
    const server = await serve(() => ({ body: PNG }))
    const image = open().get(`${server.url}/lamp.png`)
    await expect(image).rejects.toThrow(OutputError)
    await expect(image).rejects.toThrow(`The images cannot be kept in ${folder}: ENOENT`)
  })
})

describe('closing images', () => {
  it.each(['silence', 'drip'] as const)('gives up a download from a server of %s', async misbehaviour => {
    const server = await serve(() => misbehaviour)
    const images = open({ clock: new ManualClock(), maxBytes: 1e9 })
    const image = images.get(`${server.url}/lamp.png`)
    await server.arrived(1)
    await images.close()
    expect(await image).toEqual({
      kind: 'problem',
      reason: 'image-unreachable',
      message: `The image ${server.url}/lamp.png cannot be used: the run stopped before it was complete.`,
    })
  })

  it('gives up who waits: for a turn, for a retry, for a name', async () => {
    const server = await serve(({ path }) => (path === '/busy' ? { status: 503 } : 'silence'))
    const clock = new ManualClock()
    const images = open({ clock, connections: 2 }, () => new Promise(() => undefined))
    const busy = images.get(`${server.url}/busy`)
    await server.arrived(1)
    while (clock.sleepers === 0) await clock.advance(0)
    const paths = [`${server.url}/slow`, 'http://images.example/lamp.png', `${server.url}/waiting`]
    const others = paths.map(url => images.get(url))
    await server.arrived(2)
    await images.close()
    const stopped = { kind: 'problem', reason: 'image-unreachable' }
    expect(await Promise.all([busy, ...others])).toMatchObject([stopped, stopped, stopped, stopped])
    expect([server.seen.length, clock.deadlines, clock.sleepers]).toEqual([2, 0, 0])
  })

  it('ends the connections that were kept', async () => {
    const server = createServer((_, response) => response.end(PNG))
    const ended = new Promise(resolve => server.on('connection', socket => socket.on('close', () => resolve('ended'))))
    const images = open()
    await images.get(`${await listen(server)}/lamp.png`)
    await images.close()
    expect(await ended).toBe('ended')
  }, 2000) // by itself a kept connection ends after four seconds

  it('starts nothing new', async () => {
    const server = await serve(() => ({ body: PNG }))
    const images = open()
    await images.close()
    expect(await images.get(`${server.url}/lamp.png`)).toMatchObject({ reason: 'image-unreachable' })
    expect(server.connections).toBe(0)
  })
})

/** A server that answers in chunks, without a length. */
function serveChunks(answer: (write: (chunk: Uint8Array) => void) => 'end' | 'stay'): Promise<string> {
  const server = createServer((_, response) => {
    response.writeHead(200)
    if (answer(chunk => void response.write(chunk)) === 'end') response.end()
  })
  return listen(server)
}

/** A server that sends these very bytes and leaves the connection open. */
function serveRaw(head: string, body: Uint8Array): Promise<string> {
  const server = createTcpServer(socket => {
    socket.once('data', () => socket.write(Buffer.concat([bytesOf(head), body])))
  })
  return listen(server)
}

function listen(server: Server): Promise<string> {
  server.on('connection', socket => listening.push(socket.on('error', () => undefined)))
  listening.push({ destroy: () => server.close() })
  return new Promise(resolve => {
    server.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`))
  })
}
