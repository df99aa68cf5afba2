import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ManualClock } from '../manual-clock.ts'
import { facts, mediaPockets, NOT_FOUND, OK, shown, TAKEN } from './client.ts'

const start = mediaPockets()
const URL_1 = 'https://cdn.example.com/lamp/1.jpg'

describe('mediapocket emulator', () => {
  it('is reached at a host, below which its paths start with /api/v2', async () => {
    const { sandbox } = await start()
    const { baseUrl, apiKey } = sandbox.targets.mediapocket
    expect(baseUrl).toBe(`${sandbox.url}/mediapocket`)
    const response = await fetch(`${baseUrl}/api/v2/assets`, {
      method: 'POST',
      headers: { 'X-API-KEY': apiKey, 'Content-Type': 'application/json' },
      body: '{"title":"Lamp"}',
    })
    expect(response.status).toBe(200)
  })

  it.each([
    ['no key', { 'x-api-key': '' }],
    ['another key', { 'x-api-key': 'wrong' }],
    ['the key as a Bearer token', { 'x-api-key': '', authorization: 'Bearer sandbox-mediapocket-key' }],
  ])('refuses %s with 401 and stores nothing', async (_, headers) => {
    const dam = await start()
    const answer = await dam.call('POST', '/assets', { headers, body: { title: 'Lamp', external_id: 'LAMP-7#1' } })
    expect(facts(answer)).toEqual([401, { error: 'Unauthorized' }])
    expect(dam.galleries).toEqual({})
  })

  it('can refuse a key without a body, as that of a 401 is not documented', async () => {
    const dam = await start({ unauthorized: 'empty' })
    const answer = await dam.call('GET', '/assets/1', { headers: { 'x-api-key': 'wrong' } })
    expect([answer.status, answer.text]).toEqual([401, ''])
  })

  it.each([
    ['GET', ''],
    ['GET', '/assets'],
    ['POST', '/assets/'],
    ['POST', '/Assets'],
    ['POST', '/projects/1/assets'],
    ['PATCH', '/assets/:id'],
    ['DELETE', '/assets/:id'],
    ['GET', '/assets/:id/media'],
    ['PUT', '/assets/:id/media'],
    ['GET', '/assets/:id/trash_bin'],
    ['DELETE', '/assets/:id/trash_bin'],
    ['POST', '/assets/:id/trash_bin/'],
    ['POST', '/assets/:id/trash'],
  ])('has nothing at %s %s: 404', async (method, path) => {
    const dam = await start()
    const { id } = await dam.place('LAMP-7#1')
    expect(facts(await dam.call(method, path.replace(':id', id)))).toEqual([404, { error: 'Not found' }])
  })

  it.each([
    ['GET', '/assets/-vevooaEWuYCnLFQqe2l', {}],
    ['PUT', '/assets/-vevooaEWuYCnLFQqe2l', { body: { title: 'Lamp' } }],
    ['POST', '/assets/%00/media', { body: { file_url: URL_1, filename: 'lamp.jpg' } }],
    ['DELETE', '/assets/__proto__/media', {}],
    ['POST', '/assets/%F0%9F%98%80/trash_bin', {}],
    ['POST', '/assets/-vevooaEWuYCnLFQqe2l/restore', {}],
  ])('does not find an unknown asset: %s %s', async (method, path, options) => {
    const dam = await start()
    expect(facts(await dam.call(method, path, options))).toEqual(NOT_FOUND)
  })
})

describe('mediapocket fault', () => {
  it.each([
    ['401', 'Unauthorized'],
    ['413', 'Request Entity Too Large'],
    ['429', 'Too Many Requests'],
    ['500', 'Internal Server Error'],
    ['502', 'Bad Gateway'],
  ] as const)('%s refuses with an error text and stores nothing', async (fault, error) => {
    const dam = await start({}, { faults: [{ target: 'mediapocket', fault }] })
    expect(facts(await dam.create({ title: 'Lamp', external_id: 'LAMP-7#1' }))).toEqual([Number(fault), { error }])
    expect(dam.galleries).toEqual({})
  })

  it('reset between the two calls leaves a placeholder that holds the external id', async () => {
    const dam = await start({}, { faults: [{ target: 'mediapocket', fault: 'reset', times: 1 }] })
    await expect(dam.create({ title: 'Lamp', external_id: 'LAMP-7#1' })).rejects.toThrow()
    expect(dam.galleries).toEqual({ 'LAMP-7': [] })
    expect(facts(await dam.create({ title: 'Lamp', external_id: 'LAMP-7#1' }))).toEqual(TAKEN)
  })

  it('partial refuses the assets of poisoned codes and stores the others', async () => {
    const dam = await start({}, { faults: [{ target: 'mediapocket', fault: 'partial' }] })
    const refused = [422, { error: 'The asset could not be saved' }]
    expect(facts(await dam.create({ title: 'Lamp', external_id: 'POISON-1#1' }))).toEqual(refused)
    expect(facts(await dam.create({ title: 'Lamp poison' }))).toEqual(refused)
    const { id } = await dam.place('LAMP-7#1')
    expect(facts(await dam.attach(id, URL_1))).toEqual(OK)
    expect(facts(await dam.call('PUT', `/assets/${id}`, { body: { external_id: 'POISON-1#1' } }))).toEqual(refused)
    expect(dam.galleries).toEqual({ 'LAMP-7': [URL_1] })
  })

  it('counts the rate limit by key', async () => {
    const dam = await start({}, { rate: { count: 1, perMs: 60_000 }, clock: new ManualClock() })
    const statuses = [await dam.create({ title: 'Lamp' }), await dam.create({ title: 'Lamp' })]
    statuses.push(await dam.call('GET', '/assets/1', { headers: { 'x-api-key': 'other' } }))
    expect(statuses.map(({ status }) => status)).toEqual([200, 429, 401])
  })
})

describe('mediapocket contents', () => {
  let folder = ''
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'sandbox-test-'))
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  it('that were stored are refused an image when partial hits their code later', async () => {
    const first = await start({}, { folder })
    const { id } = await first.place('LAMP-7#1')
    await first.sandbox.close()
    const second = await start({}, { folder, faults: [{ target: 'mediapocket', fault: 'partial', rate: 1 }] })
    expect(facts(await second.attach(id, URL_1))).toEqual([422, { error: 'The asset could not be saved' }])
    expect(second.galleries).toEqual({ 'LAMP-7': [] })
  })

  it('are kept in a folder, ids, images and trash too', async () => {
    const first = await start({}, { folder })
    const [kept, trashed] = [await first.place('LAMP-7#1'), await first.place('LAMP-7#2')]
    await first.attach(kept.id, URL_1)
    await first.call('POST', `/assets/${trashed.id}/trash_bin`)
    await first.sandbox.close()
    const second = await start({}, { folder })
    expect(second.galleries).toEqual({ 'LAMP-7': [URL_1] })
    expect(await second.get(kept.id)).toMatchObject({ media_type: 'image', external_id: 'LAMP-7#1' })
    expect(facts(await second.create({ title: 'Lamp', external_id: 'LAMP-7#2' }))).toEqual(TAKEN)
    expect(shown(await second.call('POST', `/assets/${trashed.id}/restore`)).id).toBe(trashed.id)
  })

  it('are gone after a reset, and ids begin again', async () => {
    const dam = await start({}, { folder })
    const { id } = await dam.place('LAMP-7#1')
    dam.sandbox.reset()
    expect(dam.sandbox.state().mediapocket).toEqual({ galleries: {}, requests: 0 })
    expect(facts(await dam.call('GET', `/assets/${id}`))).toEqual(NOT_FOUND)
    expect((await dam.place('LAMP-7#1')).id).toBe(id)
  })
})
