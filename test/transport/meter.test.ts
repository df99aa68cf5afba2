import { describe, expect, it } from 'vitest'
import type { Fault } from '../../src/model/fault.ts'
import type { HttpResponse } from '../../src/model/http.ts'
import { meter } from '../../src/transport/meter.ts'
import { ManualClock } from '../helpers/clock.ts'
import { aFault, anAnswer, aRequest, aWire, faultOf } from '../helpers/http.ts'

function metered(...turns: readonly (HttpResponse | Fault)[]) {
  const clock = new ManualClock()
  const totals = { requests: 0, retries: 0, throttled: 0, bytesSent: 0 }
  const seen: unknown[] = []
  const wire = aWire(...turns)
  const send = meter(totals, clock, ({ method }, http, durationMs) => seen.push({ method, http, durationMs }))(
    async request => {
      await clock.advance(250)
      return wire.send(request)
    },
  )
  return { send, totals, seen }
}

describe('meter', () => {
  it('counts every request that starts and the bytes of its body, whatever becomes of it', async () => {
    const { send, totals } = metered(anAnswer(), aFault('ambiguous'), anAnswer())
    await send(aRequest({ body: Buffer.from('[{"lamp":"ä"}]') }))
    await faultOf(send(aRequest({ body: Buffer.from('[]') })))
    await send(aRequest({ method: 'GET' }))
    expect(totals).toEqual({ requests: 3, retries: 0, throttled: 0, bytesSent: 17 })
  })

  it('counts every refusal for being too fast, the last one too', async () => {
    const { send, totals } = metered(aFault('throttled'))
    await faultOf(send(aRequest()))
    await faultOf(send(aRequest()))
    expect(totals.throttled).toBe(2)
  })

  it('tells status and duration of each; no answer has no status', async () => {
    const { send, seen } = metered(anAnswer({ status: 201 }), aFault('refused', { http: 422 }), aFault('ambiguous'))
    await send(aRequest())
    await faultOf(send(aRequest()))
    await faultOf(send(aRequest({ method: 'GET' })))
    expect(seen).toEqual([
      { method: 'POST', http: 201, durationMs: 250 },
      { method: 'POST', http: 422, durationMs: 250 },
      { method: 'GET', http: null, durationMs: 250 },
    ])
  })
})
