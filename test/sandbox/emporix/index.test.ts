import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { FaultName } from '../../../src/sandbox/faults.ts'
import { ManualClock } from '../manual-clock.ts'
import { blob, details, link, shops } from './client.ts'

const start = shops()
const URL_1 = 'https://cdn.example.com/1.jpg'
const URL_2 = 'https://cdn.example.com/2.jpg'
const AMBIGUOUS = {
  code: 400,
  status: 'Bad request',
  message: 'Tenant in the header is not matching with the one provided in the URI.',
}

describe('emporix emulator', () => {
  it('is reached at the root of its host, with credentials named as in the config', async () => {
    const { sandbox } = await start()
    expect(sandbox.targets.emporix).toEqual({
      baseUrl: `${sandbox.url}/emporix`,
      tenant: expect.stringMatching(/^[a-z][a-z0-9]{2,15}$/),
      clientId: expect.stringMatching(/^[\x21-\x7e]+$/),
      clientSecret: expect.stringMatching(/^[\x21-\x7e]+$/),
    })
  })

  it.each([
    ['GET', '', 404, null],
    ['GET', '/media/sandboxshop', 404, null],
    ['GET', '/media/sandboxshop/assets/', 404, null],
    ['GET', '/media//assets', 404, null],
    ['GET', '/MEDIA/sandboxshop/assets', 404, null],
    ['GET', '/media/sandboxshop/assets/a/b', 404, null],
    ['PUT', '/media/sandboxshop/assets', 405, 'GET, POST'],
    ['POST', '/media/sandboxshop/assets/upload-session', 405, 'GET, PUT, DELETE'],
    ['DELETE', '/media/sandboxshop/assets/a/download', 405, 'GET'],
    ['POST', '/product/sandboxshop/products', 405, 'GET'],
  ])('answers %s %s with %i', async (method, path, status, allow) => {
    const shop = await start()
    const answer = await shop.call(method, path)
    expect([answer.status, answer.headers.get('allow')]).toEqual([status, allow])
    expect(answer.json).toMatchObject({ code: status, status: expect.any(String), message: expect.any(String) })
  })

  it.each(['SandboxShop', 'othershop'])('refuses the tenant %s with 400', async tenant => {
    const shop = await start()
    for (const path of [`/media/${tenant}/assets`, `/product/${tenant}/products`]) {
      const answer = await shop.call('GET', path)
      expect([answer.status, answer.json]).toEqual([400, AMBIGUOUS])
    }
  })

  it('takes the header Emporix-Tenant when it names the tenant of the path', async () => {
    const shop = await start()
    expect((await shop.list({}, { 'emporix-tenant': 'sandboxshop' })).status).toBe(200)
    const answer = await shop.list({}, { 'emporix-tenant': 'othershop' })
    expect([answer.status, answer.json]).toEqual([400, AMBIGUOUS])
  })

  it('can require the header Emporix-Tenant', async () => {
    const shop = await start({ emporix: { tenantHeader: 'required' } })
    const answer = await shop.list()
    expect([answer.status, answer.json]).toMatchObject([401, { fault: { faultstring: 'Invalid access token' } }])
    expect((await shop.list({}, { 'emporix-tenant': 'sandboxshop' })).status).toBe(200)
  })

  it('refuses addresses of more than 10 KB with 414', async () => {
    const shop = await start()
    const q = (length: number) => `code:${'x'.repeat(length)}`
    expect((await shop.products({ q: q(10_100) })).status).toBe(200)
    const answer = await shop.products({ q: q(10_240) })
    expect([answer.status, answer.json]).toMatchObject([414, { fault: { detail: { errorcode: expect.any(String) } } }])
  })
})

describe('emporix gallery', () => {
  it('is what refers to the product, in order of creation', async () => {
    const shop = await start()
    const [chair, lamp] = [await shop.idOf('OAK-CHAIR'), await shop.idOf('LAMP-7')]
    await shop.put(link(URL_2, chair))
    await shop.put(blob({ refIds: [{ type: 'PRODUCT', id: chair }], details: { filename: 'OAK-CHAIR_2' } }))
    await shop.put(link(URL_1, chair, lamp, chair))
    expect(shop.galleries).toEqual({ 'OAK-CHAIR': [URL_2, 'file:OAK-CHAIR_2', URL_1], 'LAMP-7': [URL_1] })
  })

  it('has nothing without a reference to a product', async () => {
    const shop = await start()
    const id = await shop.idOf('OAK-CHAIR')
    await shop.put(link(URL_1))
    await shop.put({ ...link(URL_1), refIds: [{ type: 'CATEGORY', id }] })
    expect(shop.galleries).toEqual({})
  })
})

describe('emporix fault', () => {
  it.each<[FaultName, number, object]>([
    [
      '401',
      401,
      { fault: { faultstring: 'Invalid access token', detail: { errorcode: 'oauth.v2.InvalidAccessToken' } } },
    ],
    ['413', 413, { code: 413, status: 'Request Entity Too Large', message: expect.stringContaining('[file]') }],
    ['429', 429, { code: 429, status: 'Too Many Requests', message: 'Too many requests.' }],
    ['500', 500, { code: 500, status: 'internal_service_error', message: expect.any(String) }],
    ['502', 502, { code: 502, status: 'Bad Gateway', message: 'The service is not available.' }],
  ])('%s refuses every call in the shape of the vendor', async (fault, status, body) => {
    const shop = await start({ faults: [{ target: 'emporix', fault }] })
    const answers = [await shop.askToken(), await shop.create(link(URL_1))]
    expect(answers.map(answer => [answer.status, answer.json])).toEqual([
      [status, body],
      [status, body],
    ])
    expect(shop.sandbox.state().emporix).toEqual({ galleries: {}, requests: 3 })
  })

  it('partial refuses what is for a poisoned product with 400 and takes the rest', async () => {
    const shop = await start({ faults: [{ target: 'emporix', fault: 'partial' }] })
    const [poisoned, chair] = [await shop.idOf('LAMP-poison'), await shop.idOf('OAK-CHAIR')]
    const answer = await shop.create(link(URL_1, chair, poisoned))
    expect([answer.status, answer.json]).toEqual([
      400,
      {
        code: 400,
        status: 'Bad request',
        message: 'The request is not valid.',
        details: [`refIds: the product "${poisoned}" cannot take an asset`],
      },
    ])
    const id = await shop.put(link(URL_1, chair))
    const update = await shop.update(id, { ...link(URL_2, poisoned), metadata: { version: 1 } })
    expect([update.status, details(update)]).toEqual([400, [`refIds: the product "${poisoned}" cannot take an asset`]])
    expect(shop.galleries).toEqual({ 'OAK-CHAIR': [URL_1] })
  })

  it('reset stores the asset and then cuts the connection', async () => {
    const shop = await start({ faults: [{ target: 'emporix', fault: 'reset', rate: 0.5 }] })
    const chair = 'p-T0FLLUNIQUlS'
    await expect(shop.create(link(URL_1, chair))).rejects.toMatchObject({ cause: { code: 'ECONNRESET' } })
    expect(shop.galleries).toEqual({ 'OAK-CHAIR': [URL_1] })
  })
})

describe('emporix rate limit', () => {
  it('counts all requests of the client, the one for a token included', async () => {
    const shop = await start({ clock: new ManualClock(), rate: { count: 3, perMs: 60_000 } })
    const statuses = [(await shop.list()).status, (await shop.askToken()).status, (await shop.list()).status]
    expect(statuses).toEqual([200, 200, 429])
  })
})

describe('emporix contents', () => {
  let folder = ''
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'sandbox-test-'))
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  it('are kept in a folder from one start to the next, tokens included', async () => {
    const first = await start({ folder })
    const token = await first.signIn()
    const id = await first.put(link(URL_1, await first.idOf('OAK-CHAIR')))
    const secret = await first.put(blob({ access: 'PRIVATE' }, 'a contract'))
    const before = await first.read(id)
    await first.sandbox.close()
    const second = await start({ folder })
    const old = await second.list({}, { authorization: `Bearer ${token}` })
    expect([old.status, await second.read(id), second.galleries]).toEqual([200, before, { 'OAK-CHAIR': [URL_1] }])
    expect((await second.assets('GET', `/${secret}/download`)).text).toBe('a contract')
    expect([id, secret]).not.toContain(await second.put(link(URL_2)))
  })

  it('are gone after a reset, with the tokens, and begin as after a first start', async () => {
    const shop = await start({ folder, clock: new ManualClock() })
    const id = await shop.put(link(URL_1, await shop.idOf('OAK-CHAIR')))
    shop.sandbox.reset()
    expect((await shop.list()).status).toBe(401)
    expect(shop.sandbox.state().emporix).toEqual({ galleries: {}, requests: 1 })
    await shop.signIn()
    expect((await shop.list()).json).toEqual([])
    expect(await shop.put(link(URL_1))).toBe(id)
  })
})
