import { describe, expect, it } from 'vitest'
import type { FaultName } from '../../src/sandbox/faults.ts'
import { counts, data, image, item, rigs } from './client.ts'
import { ManualClock } from './manual-clock.ts'

const start = rigs()
const STORED = { 'OAK-CHAIR': [image('OAK-CHAIR', 1)] }

describe('sandbox fault', () => {
  it.each<[FaultName, number, unknown]>([
    ['401', 401, { status: { code: -1, message: 'Unauthorized – invalid or missing Bearer token' } }],
    ['413', 413, { status: { code: -1, message: expect.stringContaining('100') } }],
    ['429', 429, { status: { code: -1, message: 'Too many requests. Please slow down and retry after a moment.' } }],
    ['500', 500, { status: { code: -1, message: 'Internal server error. Please contact support@catalogix.ai' } }],
    ['502', 502, { status: 'error', detail: 'Downstream service unavailable' }],
  ])('%s refuses in the shape of the vendor and stores nothing', async (fault, status, body) => {
    const rig = await start({ faults: [{ target: 'catalogix', fault }] })
    const answer = await rig.post([item('OAK-CHAIR')])
    expect([answer.status, answer.json, answer.headers.get('retry-after')]).toEqual([status, body, null])
    expect(rig.sandbox.state().catalogix).toEqual({ galleries: {}, requests: 1 })
  })

  it('lasts for so many times', async () => {
    const rig = await start({ faults: [{ target: 'catalogix', fault: '502', times: 2 }] })
    const statuses: number[] = []
    for (let at = 0; at < 3; at++) statuses.push((await rig.post([item('OAK-CHAIR')])).status)
    expect(statuses).toEqual([502, 502, 200])
    rig.sandbox.reset()
    expect((await rig.post([item('OAK-CHAIR')])).status).toBe(502)
  })

  it.each(['7', 'Wed, 21 Oct 2026 07:28:00 GMT'])('says Retry-After: %s when told to', async retryAfter => {
    const rig = await start({ faults: [{ target: 'catalogix', fault: '429', retryAfter }] })
    expect((await rig.post([item('OAK-CHAIR')])).headers.get('retry-after')).toBe(retryAfter)
  })

  it('timeout never answers and stores nothing; closing the sandbox ends the wait', async () => {
    const clock = new ManualClock()
    const rig = await start({ faults: [{ target: 'catalogix', fault: 'timeout', times: 1 }], clock })
    let hasEnded = false
    const waiting = rig.post([item('OAK-CHAIR')]).finally(() => {
      hasEnded = true
    })
    const refused = expect(waiting).rejects.toThrow()
    while (rig.requests === 0) await fetch(rig.sandbox.describe().state)
    clock.advance(3_600_000)
    expect((await rig.post([item('LAMP-7')])).status).toBe(200)
    expect(hasEnded).toBe(false)
    expect(rig.galleries).toEqual({ 'LAMP-7': [image('LAMP-7', 1)] })
    await rig.sandbox.close()
    await refused
  })

  it('reset stores the request and then cuts the connection', async () => {
    const rig = await start({ faults: [{ target: 'catalogix', fault: 'reset', times: 1 }] })
    await expect(rig.post([item('OAK-CHAIR')])).rejects.toMatchObject({ cause: { code: 'ECONNRESET' } })
    expect(rig.galleries).toEqual(STORED)
    expect(data(await rig.post([item('OAK-CHAIR')]))).toEqual(counts(0, 1, 0))
  })

  it('slow stores the request and answers after 2 seconds', async () => {
    const clock = new ManualClock()
    const rig = await start({ faults: [{ target: 'catalogix', fault: 'slow' }], clock })
    let hasAnswered = false
    const answer = rig.post([item('OAK-CHAIR')]).finally(() => {
      hasAnswered = true
    })
    await clock.waitedFor()
    clock.advance(1999)
    await fetch(rig.sandbox.describe().state)
    expect([hasAnswered, rig.galleries]).toEqual([false, STORED])
    clock.advance(1)
    expect(data(await answer)).toEqual(counts(1, 0, 0))
  })

  it('slow does not keep the sandbox from closing', async () => {
    const clock = new ManualClock()
    const rig = await start({ faults: [{ target: 'catalogix', fault: 'slow' }], clock })
    const refused = expect(rig.post([item('OAK-CHAIR')])).rejects.toThrow()
    await clock.waitedFor()
    await rig.sandbox.close()
    await refused
  })

  it('html shows a login page with status 200 and stores nothing', async () => {
    const rig = await start({ faults: [{ target: 'catalogix', fault: 'html' }] })
    const answer = await rig.post([item('OAK-CHAIR')])
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8'])
    expect(answer.text).toMatch(/^<!doctype html>/)
    expect(rig.galleries).toEqual({})
  })

  it('garbage stores the request and answers with half of the JSON', async () => {
    const rig = await start({ faults: [{ target: 'catalogix', fault: 'garbage' }] })
    const answer = await rig.post([item('OAK-CHAIR')])
    expect([answer.status, answer.headers.get('content-type'), answer.json]).toEqual([
      200,
      'application/json',
      undefined,
    ])
    expect(answer.text).toMatch(/^\{"status":\{/)
    expect(rig.galleries).toEqual(STORED)
  })

  it('partial counts poisoned items as failed and stores the others', async () => {
    const rig = await start({ faults: [{ target: 'catalogix', fault: 'partial' }] })
    const answer = await rig.post([item('POISON-1'), item('OAK-CHAIR'), item('lamp-poison')])
    expect([answer.status, data(answer)]).toEqual([200, counts(1, 0, 2)])
    expect(rig.galleries).toEqual(STORED)
  })

  it('partial with rate 1 fails every item', async () => {
    const rig = await start({ faults: [{ target: 'catalogix', fault: 'partial', rate: 1 }] })
    expect(data(await rig.post([item('OAK-CHAIR'), item('LAMP-7')]))).toEqual(counts(0, 0, 2))
    expect(rig.galleries).toEqual({})
  })
})

describe('sandbox rate limit', () => {
  const rate = { count: 2, perMs: 60_000 }

  it('refuses what goes beyond it with 429, without Retry-After and without effect', async () => {
    const rig = await start({ rate, clock: new ManualClock() })
    await rig.post([item('OAK-CHAIR')])
    await rig.post([item('OAK-CHAIR')])
    const answer = await rig.post([item('LAMP-7')])
    expect([answer.status, answer.headers.get('retry-after'), answer.json]).toEqual([
      429,
      null,
      { status: { code: -1, message: 'Too many requests. Please slow down and retry after a moment.' } },
    ])
    expect(rig.sandbox.state().catalogix).toEqual({ galleries: STORED, requests: 3 })
  })

  it('slides: a place is free again when the request that took it is as old as the window', async () => {
    const clock = new ManualClock()
    const rig = await start({ rate, clock })
    const statuses: number[] = []
    for (const ms of [0, 40_000, 19_999, 1, 39_999, 1]) {
      clock.advance(ms)
      statuses.push((await rig.post([item('OAK-CHAIR')])).status)
    }
    expect(statuses).toEqual([200, 200, 429, 200, 429, 200])
  })

  it('holds for each token apart, and a reset forgets it', async () => {
    const rig = await start({ rate: { count: 1, perMs: 60_000 }, clock: new ManualClock() })
    const others = { headers: { authorization: 'Bearer other' } }
    const statuses: number[] = []
    for (const options of [{}, {}, others, others]) statuses.push((await rig.post([item('OAK-CHAIR')], options)).status)
    rig.sandbox.reset()
    statuses.push((await rig.post([item('OAK-CHAIR')])).status)
    expect(statuses).toEqual([200, 429, 401, 429, 200])
  })

  it('is off by default', async () => {
    const rig = await start({ clock: new ManualClock() })
    const answers = await Promise.all(Array.from({ length: 50 }, (_, at) => rig.post([item(`LAMP-${at}`)])))
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
  })
})
