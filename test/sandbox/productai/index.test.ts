import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ManualClock } from '../manual-clock.ts'
import { facts, image, productAis, refusal } from './client.ts'

const start = productAis()
const KEY = 'sandbox-productai-key'
const BEARER = { authorization: `Bearer ${KEY}` }
const BARE = { authorization: '', 'x-api-key': KEY }

describe('productai emulator', () => {
  it('tells who the key belongs to at /me', async () => {
    const studio = await start()
    expect(facts(await studio.call('GET', '/me'))).toEqual([
      200,
      { id: 'user_sandbox', email: 'sandbox@example.com', plan: 'free', credits: 100 },
    ])
  })

  it.each([
    ['either', 200, 200],
    ['bearer', 200, 401],
    ['x-api-key', 401, 200],
  ] as const)('takes the key in %s header', async (auth, bearer, bare) => {
    const studio = await start({ auth })
    const answers = [
      await studio.call('GET', '/me', { headers: BEARER }),
      await studio.call('GET', '/me', { headers: BARE }),
    ]
    expect(answers.map(({ status }) => status)).toEqual([bearer, bare])
  })

  it.each([
    ['no header', { authorization: '' }],
    ['another key', { authorization: 'Bearer wrong' }],
    ['another bare key', { authorization: '', 'x-api-key': 'wrong' }],
    ['the bare key as authorization', { authorization: KEY }],
    ['another scheme', { authorization: `Basic ${KEY}` }],
  ])('refuses %s with 401 and stores nothing', async (_, headers) => {
    const studio = await start()
    const answer = await studio.call('POST', '/training-asset', { headers, body: { url: image(1), name: 'Lamp' } })
    expect(facts(answer)).toEqual(refusal(401, 'INVALID_API_KEY', 'The API key is missing or invalid'))
    expect(studio.galleries).toEqual({})
  })

  it('can show errors in the other shape that the vendor was seen with', async () => {
    const studio = await start({ errors: 'name' }, { faults: [{ target: 'productai', fault: '429', times: 1 }] })
    expect(facts(await studio.call('GET', '/me'))).toEqual([
      429,
      { name: 'ApiError', message: 'RATE_LIMIT_EXCEEDED', details: 'Too many requests' },
    ])
    expect(facts(await studio.call('GET', '/assets/asset_xyz789'))).toEqual([
      404,
      { name: 'ApiError', message: 'NOT_FOUND', details: 'Asset not found' },
    ])
  })

  it.each([
    ['GET', ''],
    ['GET', '/'],
    ['GET', '/training-asset'],
    ['POST', '/training-asset/'],
    ['POST', '/my-uploaded-assets'],
    ['GET', '/assets'],
    ['PUT', '/assets/:id'],
    ['PATCH', '/assets/:id'],
    ['GET', '/assets/:id/'],
    ['GET', '/api/generate'],
    ['POST', '/me'],
  ])('has nothing at %s %s: 404', async (method, path) => {
    const studio = await start()
    const id = await studio.hold('LAMP-7', image(1))
    expect(facts(await studio.call(method, path.replace(':id', id)))).toEqual(refusal(404, 'NOT_FOUND', 'Not found'))
  })
})

describe('productai fault', () => {
  it.each([
    ['401', 'INVALID_API_KEY'],
    ['413', 'FILE_TOO_LARGE'],
    ['429', 'RATE_LIMIT_EXCEEDED'],
    ['500', 'INTERNAL_ERROR'],
    ['502', 'BAD_GATEWAY'],
  ] as const)('%s refuses in the shape of the vendor and stores nothing', async (fault, code) => {
    const studio = await start({}, { faults: [{ target: 'productai', fault }] })
    expect(facts(await studio.import({ url: image(1), name: 'Lamp' }))).toEqual(refusal(Number(fault), code))
    expect(studio.galleries).toEqual({})
  })

  it('reset stores the asset, so that sending it again makes a second one', async () => {
    const studio = await start({}, { faults: [{ target: 'productai', fault: 'reset', times: 1 }] })
    await expect(studio.hold('LAMP-7', image(1))).rejects.toThrow()
    await studio.hold('LAMP-7', image(1))
    expect(studio.galleries).toEqual({ 'LAMP-7': [image(1), image(1)] })
  })

  it('partial takes the assets of poisoned codes and lets their processing fail', async () => {
    const studio = await start({}, { faults: [{ target: 'productai', fault: 'partial' }] })
    const [poisoned, sound] = [await studio.hold('POISON-1', image(1)), await studio.hold('LAMP-7', image(2))]
    const statuses = [await studio.get(poisoned), await studio.get(sound)].map(({ status }) => status)
    expect(statuses).toEqual(['failed', 'ready'])
    expect(studio.galleries).toEqual({ 'LAMP-7': [image(2)] })
  })

  it('10 requests a minute is the limit of the Free plan, when the sandbox is asked for it', async () => {
    const clock = new ManualClock()
    const studio = await start({}, { rate: { count: 10, perMs: 60_000 }, clock })
    const statuses: number[] = []
    for (let at = 0; at < 11; at++) statuses.push((await studio.call('GET', '/me')).status)
    clock.advance(60_000)
    statuses.push((await studio.call('GET', '/me')).status)
    expect(statuses).toEqual([...Array.from({ length: 10 }, () => 200), 429, 200])
  })
})

describe('productai contents', () => {
  let folder = ''
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'sandbox-test-'))
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  it('are kept in a folder, tags too, and no id is given twice', async () => {
    const first = await start({}, { folder })
    const [kept, deleted] = [await first.hold('LAMP-7', image(1)), await first.hold('LAMP-7', image(1))]
    await first.call('DELETE', `/assets/${deleted}`)
    await first.sandbox.close()
    const second = await start({}, { folder })
    expect(second.galleries).toEqual({ 'LAMP-7': [image(1)] })
    expect((await second.list({ tags: 'sku:LAMP-7' })).assets).toMatchObject([{ asset_id: kept }])
    expect([kept, deleted]).not.toContain(await second.hold('LAMP-7', image(1)))
  })

  it('are gone after a reset, and ids begin again', async () => {
    const studio = await start({}, { folder })
    const id = await studio.hold('LAMP-7', image(1))
    studio.sandbox.reset()
    expect(studio.sandbox.state().productai).toEqual({ galleries: {}, requests: 0 })
    expect(await studio.list({ tags: 'sku:LAMP-7' })).toMatchObject({ assets: [], total: 0 })
    expect(await studio.hold('LAMP-7', image(1))).toBe(id)
  })
})
