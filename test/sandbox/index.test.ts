import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startSandbox } from '../../src/sandbox/index.ts'
import { image, item, type Rig, request, rigs } from './client.ts'

const start = rigs()

describe('sandbox', () => {
  it('listens on loopback and says where each emulator is, with credentials named as in the config', async () => {
    const { sandbox } = await start()
    expect(sandbox.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
    expect(sandbox.describe()).toEqual({
      state: `${sandbox.url}/__sandbox/state`,
      targets: {
        catalogix: {
          baseUrl: `${sandbox.url}/catalogix/v1`,
          token: expect.stringMatching(/^[\x21-\x7e]+$/),
          storeUuid: expect.stringMatching(/^[0-9a-f]{24}$/),
        },
        akeneo: {
          baseUrl: `${sandbox.url}/akeneo`,
          clientId: expect.stringMatching(/^[\x21-\x7e]+$/),
          secret: expect.stringMatching(/^[\x21-\x7e]+$/),
          username: expect.stringMatching(/^[\x21-\x7e]+$/),
          password: expect.stringMatching(/^[\x21-\x7e]+$/),
          family: 'packshots',
          attribute: 'media',
          locale: null,
          channel: null,
        },
        mediapocket: { baseUrl: `${sandbox.url}/mediapocket`, apiKey: expect.stringMatching(/^[\x21-\x7e]+$/) },
        productai: { baseUrl: `${sandbox.url}/productai/v1`, apiKey: expect.stringMatching(/^[\x21-\x7e]+$/) },
        emporix: {
          baseUrl: `${sandbox.url}/emporix`,
          tenant: expect.stringMatching(/^[a-z][a-z0-9]{2,15}$/),
          clientId: expect.stringMatching(/^[\x21-\x7e]+$/),
          clientSecret: expect.stringMatching(/^[\x21-\x7e]+$/),
        },
      },
    })
    expect(sandbox.describe().targets).toEqual(sandbox.targets)
  })

  it('takes the port it is given, and says so when it cannot have it', async () => {
    const { sandbox } = await start()
    const port = Number(new URL(sandbox.url).port)
    await expect(startSandbox({ port })).rejects.toMatchObject({
      name: 'UsageError',
      message: expect.stringContaining(`127.0.0.1:${port}`),
      fix: expect.stringContaining('another port'),
    })
    await sandbox.close()
    const again = await start({ port })
    expect(again.sandbox.url).toBe(`http://127.0.0.1:${port}`)
  })

  it('shows the galleries and the number of requests at its state address', async () => {
    const rig = await start()
    await rig.post([item('OAK-CHAIR', 2), item('LAMP-7')])
    await rig.post([item('LAMP-7')], { headers: { authorization: 'Bearer wrong' } })
    const answer = await request(rig.sandbox.describe().state)
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/json'])
    expect(answer.json).toMatchObject({
      catalogix: {
        galleries: { 'OAK-CHAIR': [image('OAK-CHAIR', 1), image('OAK-CHAIR', 2)], 'LAMP-7': [image('LAMP-7', 1)] },
        requests: 2,
      },
    })
    expect(rig.sandbox.state()).toEqual(answer.json)
  })

  it.each([
    '__proto__',
    'constructor',
    'toString',
    '007',
    '0',
    '1E5',
    ' ',
    'Stühle/ä',
    '椅子',
    '😀',
    'a\u0000b',
    'a\ud800b',
  ])('carries the code %j through to the state', async code => {
    const rig = await start()
    await rig.post([item('a'), { ...item('x'), parent_code: 'a\udfffb' }, { ...item('x', 1), parent_code: code }])
    const { json } = await request(rig.sandbox.describe().state)
    const { galleries } = (json as ReturnType<typeof rig.sandbox.state>).catalogix
    expect(Object.entries(galleries)).toContainEqual([code, [image('x', 1)]])
    expect(Object.keys(galleries)).toHaveLength(3)
  })

  it('is empty after a reset and counts from 0', async () => {
    const rig = await start()
    await rig.post([item('OAK-CHAIR')])
    const answer = await request(`${rig.sandbox.url}/__sandbox/reset`, { method: 'POST' })
    expect([answer.status, answer.json]).toMatchObject([200, { catalogix: { galleries: {}, requests: 0 } }])
    await rig.post([item('OAK-CHAIR')])
    rig.sandbox.reset()
    expect(rig.sandbox.state().catalogix).toEqual({ galleries: {}, requests: 0 })
  })

  it('answers every image with a small valid PNG', async () => {
    const { sandbox } = await start()
    for (const path of ['/oak-chair/1.jpg', '/', '/a/b%20c.png?width=100']) {
      const response = await fetch(`${sandbox.url}/__sandbox/image${path}`)
      const bytes = Buffer.from(await response.arrayBuffer())
      expect([response.status, response.headers.get('content-type')]).toEqual([200, 'image/png'])
      expect(bytes.subarray(1, 4).toString()).toBe('PNG')
      expect([bytes.readUInt32BE(16), bytes.readUInt32BE(20)]).toEqual([64, 64])
      expect(bytes.length).toBe(Number(response.headers.get('content-length')))
    }
  })

  it.each([
    ['GET', '/', 404, null],
    ['GET', '/nosuch/v1/assets', 404, null],
    ['GET', '//catalogix/v1/assets', 404, null],
    ['GET', '/__sandbox', 404, null],
    ['GET', '/__sandbox/nosuch', 404, null],
    ['POST', '/__sandbox/state', 405, 'GET, HEAD'],
    ['GET', '/__sandbox/reset', 405, 'POST'],
    ['DELETE', '/__sandbox/image/1.jpg', 405, 'GET, HEAD'],
  ])('answers %s %s with %i', async (method, path, status, allow) => {
    const rig = await start()
    const answer = await request(`${rig.sandbox.url}${path}`, { method })
    expect([answer.status, answer.headers.get('allow')]).toEqual([status, allow])
    expect(answer.json).toEqual({ error: expect.any(String) })
    expect(rig.requests).toBe(0)
  })
})

describe('sandbox contents', () => {
  let folder = ''
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'sandbox-test-'))
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  it('are kept in a folder from one start to the next, while requests count from 0', async () => {
    const first = await start({ folder: join(folder, 'state', 'sandbox') })
    await first.post([item('OAK-CHAIR', 2), item('__proto__')])
    const before = first.galleries
    await first.sandbox.close()
    const second = await start({ folder: join(folder, 'state', 'sandbox') })
    expect(second.sandbox.state().catalogix).toEqual({ galleries: before, requests: 0 })
    const { json } = await second.post([item('OAK-CHAIR')])
    expect(json).toMatchObject({ data: { created: 0, updated: 1 } })
  })

  it('stay empty after a reset and a restart', async () => {
    const first = await start({ folder })
    await first.post([item('OAK-CHAIR')])
    first.sandbox.reset()
    await first.sandbox.close()
    expect((await start({ folder })).galleries).toEqual({})
  })

  it('are gone after a restart without a folder', async () => {
    const first = await start()
    await first.post([item('OAK-CHAIR')])
    await first.sandbox.close()
    expect((await start({ folder: null })).galleries).toEqual({})
  })

  it('that are no database are refused with the way out', async () => {
    writeFileSync(
      join(folder, 'sandbox.db'),
      'this is no database, but it is long enough to be mistaken for one'.repeat(50),
    )
    await expect(startSandbox({ folder })).rejects.toMatchObject({
      name: 'LedgerError',
      message: expect.stringContaining(join(folder, 'sandbox.db')),
      fix: `Remove the folder ${folder} to start afresh.`,
    })
  })

  it('are closed when the port cannot be had', async () => {
    const blocker = createServer().listen(0, '127.0.0.1')
    await new Promise(resolve => blocker.once('listening', resolve))
    const { port } = blocker.address() as AddressInfo
    await expect(startSandbox({ folder, port })).rejects.toMatchObject({ name: 'UsageError' })
    await new Promise(resolve => blocker.close(resolve))
    const rig = await start({ folder, port })
    expect((await rig.post([item('OAK-CHAIR')])).status).toBe(200)
  })
})

describe('sandbox connections', () => {
  /** Writes raw bytes and collects what comes back until the sandbox closes the connection. */
  function raw(rig: Rig, bytes: string): Promise<string> {
    return new Promise((resolve, reject) => {
      const socket = connect(Number(new URL(rig.sandbox.url).port), '127.0.0.1', () => socket.write(bytes))
      let received = ''
      socket.on('data', chunk => {
        received += chunk
      })
      socket.on('error', reject)
      socket.on('close', () => resolve(received))
    })
  }

  it('end at once when it closes, idle and kept alive ones too', async () => {
    const rig = await start()
    await rig.post([item('OAK-CHAIR')])
    const idle = raw(rig, '')
    const half = raw(rig, 'POST /catalogix/v1/assets HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n[')
    await rig.post([item('OAK-CHAIR')])
    await rig.sandbox.close()
    await rig.sandbox.close()
    expect(await Promise.all([idle, half])).toEqual(['', ''])
    await expect(fetch(rig.sandbox.url)).rejects.toThrow()
  })

  it.each([
    ['no HTTP at all', 'hello\r\n\r\n', 'HTTP/1.1 400'],
    [
      'a negative Content-Length',
      'POST /catalogix/v1/assets HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n',
      'HTTP/1.1 400',
    ],
    [
      'an unknown Content-Length',
      'POST /catalogix/v1/assets HTTP/1.1\r\nHost: x\r\nContent-Length: many\r\n\r\n',
      'HTTP/1.1 400',
    ],
    [
      'a bad chunk',
      'POST /catalogix/v1/assets HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n',
      'HTTP/1.1 400',
    ],
    ['no Host', 'GET /__sandbox/state HTTP/1.1\r\nConnection: close\r\n\r\n', 'HTTP/1.1 400'],
    ['no path', 'OPTIONS * HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n', 'HTTP/1.1 404'],
    [
      'an unknown expectation',
      'GET / HTTP/1.1\r\nHost: x\r\nExpect: wonders\r\nConnection: close\r\n\r\n',
      'HTTP/1.1 417',
    ],
  ])('survive %s', async (_, bytes, status) => {
    const rig = await start()
    expect(await raw(rig, bytes)).toMatch(new RegExp(`^${status}`))
    expect((await rig.post([item('OAK-CHAIR')])).status).toBe(200)
  })

  it('survive a client that leaves in the middle of its request, which has no effect', async () => {
    const rig = await start()
    const left = new Promise(resolve => {
      const socket = connect(Number(new URL(rig.sandbox.url).port), '127.0.0.1', () => {
        socket.write('POST /catalogix/v1/assets HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n[', () =>
          socket.destroy(),
        )
      })
      socket.on('close', resolve)
    })
    await left
    await rig.post([item('OAK-CHAIR')])
    expect(rig.sandbox.state().catalogix).toEqual({
      galleries: { 'OAK-CHAIR': [image('OAK-CHAIR', 1)] },
      requests: 1,
    })
  })

  it('take bodies sent in chunks without a length', async () => {
    const rig = await start()
    const { baseUrl, token, storeUuid } = rig.sandbox.targets.catalogix
    const bytes = new TextEncoder().encode(JSON.stringify([{ ...item('Stühle 椅子', 2) }]))
    const body = new ReadableStream({
      start(controller) {
        for (const byte of bytes) controller.enqueue(Uint8Array.of(byte)) // splits every character of several bytes
        controller.close()
      },
    })
    const response = await fetch(`${baseUrl}/assets?store_uuid=${storeUuid}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body,
      duplex: 'half',
    })
    expect(response.status).toBe(200)
    expect(rig.galleries).toEqual({ 'Stühle 椅子': [image('Stühle 椅子', 1), image('Stühle 椅子', 2)] })
  })

  it('take bodies of 10 MB and refuse larger ones with 413, which count as requests', async () => {
    const rig = await start()
    const text = JSON.stringify([item('OAK-CHAIR')])
    const tenMb = 10 * 1024 * 1024
    expect((await rig.post(text.padEnd(tenMb))).status).toBe(200)
    const answer = await rig.post(text.padEnd(tenMb + 1))
    expect([answer.status, answer.json]).toEqual([413, { status: { code: -1, message: expect.any(String) } }])
    expect(rig.requests).toBe(2)
  })
})
