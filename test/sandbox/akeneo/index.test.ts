import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { FaultName } from '../../../src/sandbox/faults.ts'
import { request } from '../client.ts'
import { ManualClock } from '../manual-clock.ts'
import { asset, link, pims } from './client.ts'

const start = pims()

describe('akeneo emulator', () => {
  it.each([
    ['no header', '', 'Authentication is required'],
    ['another scheme', 'Basic abc', 'Authentication is required'],
    ['the bare scheme', 'Bearer', 'Authentication is required'],
    ['an unknown token', 'Bearer wrong', 'The access token provided is invalid.'],
  ])('refuses %s with 401 and stores nothing', async (_, authorization, message) => {
    const pim = await start()
    const answers = [
      await pim.get(pim.family, { headers: { authorization } }),
      await pim.patch([asset('CHAIR_1')], { headers: { authorization } }),
    ]
    for (const answer of answers) expect([answer.status, answer.json]).toEqual([401, { code: 401, message }])
    expect(pim.galleries).toEqual({})
  })

  it.each([
    ['GET', '', 404, null],
    ['GET', '/api/rest/v1', 404, null],
    ['POST', '/api/oauth/v1/token/', 404, null],
    ['GET', '/api/rest/v1/asset-families/packshots/', 404, null],
    ['GET', '/api/rest/v1/ASSET-FAMILIES/packshots', 404, null],
    ['GET', '/api/rest/v1/products/', 404, null],
    ['GET', '/api/rest/v1/products/%E0%A4', 404, null],
    ['GET', '/api/oauth/v1/token', 405, 'POST'],
    ['PUT', '/api/rest/v1/asset-families/packshots/assets', 405, 'GET, PATCH'],
    ['DELETE', '/api/rest/v1/products/OAK-CHAIR', 405, 'GET, PATCH'],
    ['GET', '/api/rest/v1/asset-media-files', 405, 'POST'],
  ])('answers %s %s with %i', async (method, path, status, allow) => {
    const pim = await start()
    const answer = await pim.call(method, path)
    expect([answer.status, answer.headers.get('allow')]).toEqual([status, allow])
    const message = expect.stringContaining(`No route found for "${method} ${path}"`)
    expect(answer.json).toEqual({ code: status, message })
  })

  it('takes JSON or anything in Accept, and nothing else', async () => {
    const pim = await start()
    const ask = (accept: string) => pim.get(pim.family, { headers: { accept } })
    expect([(await ask('application/json')).status, (await ask('text/html, */*;q=0.8')).status]).toEqual([200, 200])
    const answer = await ask('text/html')
    expect([answer.status, answer.json]).toEqual([
      406,
      { code: 406, message: '"text/html" in "Accept" header is not valid. Only "application/json" is allowed.' },
    ])
  })

  it('counts the request for a token too', async () => {
    const pim = await start()
    await pim.get(pim.family)
    expect(pim.requests).toBe(2)
  })

  it('takes bodies of 10 MB and refuses larger ones with 413, or with 403', async () => {
    const tenMb = 10 * 1024 * 1024
    const text = JSON.stringify([asset('CHAIR_1')])
    const pim = await start()
    const statuses = [(await pim.patch(text.padEnd(tenMb))).status, (await pim.patch(text.padEnd(tenMb + 1))).status]
    const other = await start({ akeneo: { oversize: 403 } })
    statuses.push((await other.patch(text.padEnd(tenMb + 1))).status)
    expect(statuses).toEqual([200, 413, 403])
  })
})

describe('akeneo faults', () => {
  it.each<[FaultName, number, string]>([
    ['401', 401, 'The access token provided is invalid.'],
    ['413', 413, 'Too many resources to process, 100 is the maximum allowed.'],
    ['429', 429, 'You have exceeded the limit of API requests.'],
    ['500', 500, 'Internal Server Error'],
    ['502', 502, 'Bad Gateway'],
  ])('%s refuses in the shape of the vendor and stores nothing', async (fault, status, message) => {
    const pim = await start({ faults: [{ target: 'akeneo', fault }] })
    const answer = await pim.patch([asset('CHAIR_1')])
    expect([answer.status, answer.json, answer.headers.get('retry-after')]).toEqual([
      status,
      { code: status, message },
      null,
    ])
    expect(pim.galleries).toEqual({})
  })

  it('429 can say Retry-After, by the fault or by the PIM', async () => {
    const statuses: unknown[] = []
    for (const retryAfter of [undefined, '9']) {
      const fault = { target: 'akeneo', fault: '429', ...(retryAfter && { retryAfter }) } as const
      const pim = await start({ faults: [fault], akeneo: { retryAfter: 2 } })
      statuses.push((await pim.patch([])).headers.get('retry-after'))
    }
    expect(statuses).toEqual(['2', '9'])
  })

  it('partial refuses poisoned assets and stores the others', async () => {
    const pim = await start({ faults: [{ target: 'akeneo', fault: 'partial' }] })
    const answer = await pim.patch([asset('POISON_1'), asset('CHAIR_1'), asset('lamp_poison_1')])
    const refused = {
      status_code: 422,
      message: 'The asset has data that does not comply with the business rules.',
      errors: [{ property: 'values.media', message: 'The value could not be saved' }],
    }
    expect([answer.status, answer.json]).toEqual([
      200,
      [
        { code: 'POISON_1', ...refused },
        { code: 'CHAIR_1', status_code: 201 },
        { code: 'lamp_poison_1', ...refused },
      ],
    ])
    expect(pim.galleries).toEqual({ CHAIR: [link('CHAIR_1')] })
  })

  it('partial refuses poisoned products too', async () => {
    const pim = await start({ faults: [{ target: 'akeneo', fault: 'partial' }] })
    await pim.patch([asset('CHAIR_1')])
    const [bad, good] = [await pim.link('poison', ['CHAIR_1']), await pim.link('OAK-CHAIR', ['CHAIR_1'])]
    expect([bad.status, bad.json, good.status]).toEqual([
      422,
      {
        code: 422,
        message: 'Validation failed.',
        errors: [{ property: 'identifier', message: 'The product could not be saved.' }],
      },
      204,
    ])
    expect(pim.galleries).toEqual({ 'OAK-CHAIR': [link('CHAIR_1')] })
  })

  it('a rate limit holds for the connection, whichever token is used', async () => {
    const pim = await start({ rate: { count: 3, perMs: 60_000 }, clock: new ManualClock() })
    await pim.login()
    const statuses = [(await pim.get(pim.family)).status, (await pim.get(pim.family)).status]
    statuses.push((await pim.get(pim.family, { headers: { authorization: 'Bearer other' } })).status)
    expect(statuses).toEqual([200, 429, 401])
  })

  it('a list PATCH can break after so many items, which are stored all the same', async () => {
    const pim = await start({ akeneo: { crash: { after: 2, times: 1 } } })
    const items = ['CHAIR_1', 'CHAIR_2', 'CHAIR_3'].map(code => asset(code))
    const broken = await pim.patch(items)
    expect([broken.status, broken.json]).toEqual([500, { code: 500, message: 'Internal Server Error' }])
    expect(pim.galleries).toEqual({ CHAIR: [link('CHAIR_1'), link('CHAIR_2')] })
    const again = await pim.patch(items)
    expect(again.json).toEqual([
      { code: 'CHAIR_1', status_code: 204 },
      { code: 'CHAIR_2', status_code: 204 },
      { code: 'CHAIR_3', status_code: 201 },
    ])
    pim.sandbox.reset()
    await pim.login()
    expect((await pim.patch(items)).status).toBe(500)
  })
})

describe('akeneo concurrency', () => {
  it('is not limited by default', async () => {
    const pim = await start()
    const answers = await Promise.all(Array.from({ length: 20 }, () => pim.get(pim.family)))
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
  })

  it('refuses with 429 what comes while so many calls are at work, until one of them ends', async () => {
    const clock = new ManualClock()
    const pim = await start({ clock })
    const limited = await limitedPim(clock)
    const working = [1, 2].map(at => limited.patch([asset(`CHAIR_${at}`)]))
    while (Object.keys(limited.galleries).length === 0 || limited.galleries.CHAIR?.length !== 2)
      await pim.get(pim.family)
    const refused = await limited.patch([asset('LAMP_1')])
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '3'])
    clock.advance(1000)
    expect((await Promise.all(working)).map(({ status }) => status)).toEqual([200, 200])
    expect(limited.galleries).toEqual({ CHAIR: [link('CHAIR_1'), link('CHAIR_2')] })
    const later = limited.patch([asset('LAMP_1')])
    await clock.waitedFor()
    clock.advance(1000)
    expect((await later).status).toBe(200)
  })

  async function limitedPim(clock: ManualClock) {
    const starting = start({ clock, akeneo: { concurrency: 2, callMs: 1000, retryAfter: 3 } })
    await clock.waitedFor() // the request for the first token
    clock.advance(1000)
    return starting
  }
})

describe('akeneo contents', () => {
  let folder = ''
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'sandbox-test-'))
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  it('are kept in a folder, tokens too', async () => {
    const first = await start({ folder })
    const token = await first.login()
    await first.patch([asset('CHAIR_1'), asset('LAMP_1')])
    await first.link('__proto__', ['CHAIR_1'])
    const before = first.galleries
    expect(Object.entries(before).toSorted()).toEqual([
      ['LAMP', [link('LAMP_1')]],
      ['__proto__', [link('CHAIR_1')]],
    ])
    await first.sandbox.close()
    const second = await start({ folder })
    expect(second.galleries).toEqual(before)
    const headers = { authorization: `Bearer ${token.access_token}` }
    expect((await second.patch([asset('CHAIR_1')], { headers })).json).toEqual([{ code: 'CHAIR_1', status_code: 204 }])
  })

  it('are gone after a reset, tokens too', async () => {
    const pim = await start()
    await pim.patch([asset('CHAIR_1'), asset('LAMP_1')])
    await pim.link('OAK-CHAIR', ['CHAIR_1'])
    await request(`${pim.sandbox.url}/__sandbox/reset`, { method: 'POST' })
    expect(pim.sandbox.state().akeneo).toEqual({ galleries: {}, requests: 0 })
    expect((await pim.get(pim.family)).status).toBe(401)
    await pim.login()
    expect((await pim.patch([asset('CHAIR_1')])).json).toEqual([{ code: 'CHAIR_1', status_code: 201 }])
    expect((await pim.get('/api/rest/v1/products/OAK-CHAIR')).json).toMatchObject({ values: {} })
  })

  it('hold full requests one after the other', async () => {
    const pim = await start()
    for (let page = 0; page < 50; page++) {
      await pim.patch(Array.from({ length: 100 }, (_, at) => asset(`LAMP_${page}_${at}_1`)))
    }
    expect(Object.keys(pim.galleries)).toHaveLength(5000)
  })
})
