import { describe, expect, it } from 'vitest'
import type { Send } from '../../src/model/http.ts'
import { createClient } from '../../src/transport/client.ts'
import { timeout } from '../../src/transport/timeout.ts'
import { ManualClock, quiet } from '../helpers/clock.ts'
import { anAnswer, aRequest, faultOf } from '../helpers/http.ts'
import { servers } from '../helpers/server.ts'

const serve = servers()
const DIRECT = { http: undefined, https: undefined, no: undefined }

/** Never answers; rejects with the signal's reason, as the client does. */
const silence: Send = ({ signal }) =>
  new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)))

describe('timeout', () => {
  it('lets an answer in time pass and leaves no timer behind', async () => {
    const clock = new ManualClock()
    const send = timeout(30_000, clock, new AbortController().signal)(async () => anAnswer({ body: 'lamp' }))
    expect(await send(aRequest())).toEqual(anAnswer({ body: 'lamp' }))
    expect(clock.deadlines).toBe(0)
  })

  it('is ambiguous: the target may have done what it was asked', async () => {
    const clock = new ManualClock()
    const fault = faultOf(timeout(30_000, clock, new AbortController().signal)(silence)(aRequest()))
    await clock.advance(29_999)
    expect(clock.deadlines).toBe(1)
    await clock.advance(1)
    const { kind, reason, message } = await fault
    expect([kind, reason, message]).toEqual(['ambiguous', 'timeout', 'no complete answer within 30.0 s'])
    expect(clock.deadlines).toBe(0)
  })

  it('gives each request its own deadline', async () => {
    const clock = new ManualClock()
    const send = timeout(1000, clock, new AbortController().signal)(silence)
    const first = faultOf(send(aRequest()))
    await clock.advance(600)
    const second = faultOf(send(aRequest()))
    await clock.advance(400)
    expect([(await first).reason, clock.deadlines]).toEqual(['timeout', 1])
    await clock.advance(600)
    expect((await second).reason).toBe('timeout')
  })

  it('ends what is under way at once when the run is aborted', async () => {
    const abort = new AbortController()
    const fault = faultOf(timeout(30_000, new ManualClock(), abort.signal)(silence)(aRequest()))
    await quiet()
    abort.abort()
    const { kind, reason } = await fault
    expect([kind, reason]).toEqual(['stopped', 'aborted'])
  })

  it('begins nothing after the abort', async () => {
    const server = await serve(() => ({}))
    const client = createClient(1, DIRECT)
    const send = timeout(30_000, new ManualClock(), AbortSignal.abort())(client.send)
    expect((await faultOf(send(aRequest({ url: server.url })))).reason).toBe('aborted')
    expect(server.seen).toEqual([])
    await client.close()
  })

  it('is one deadline over the whole answer: a body that comes byte by byte does not extend it', async () => {
    const server = await serve(() => 'drip')
    const clock = new ManualClock()
    const client = createClient(1, DIRECT)
    const send = timeout(30_000, clock, new AbortController().signal)(client.send)
    const fault = faultOf(send(aRequest({ url: server.url, body: Buffer.from('[]') })))
    await server.arrived(1)
    await clock.advance(30_000)
    const { kind, reason } = await fault
    expect([kind, reason]).toEqual(['ambiguous', 'timeout'])
    await client.close()
  })
})
