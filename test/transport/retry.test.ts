import { describe, expect, it } from 'vitest'
import type { Fault, FaultKind } from '../../src/model/fault.ts'
import type { HttpRequest, HttpResponse } from '../../src/model/http.ts'
import { type RetryOptions, retry } from '../../src/transport/retry.ts'
import { AutoClock, ManualClock, quiet } from '../helpers/clock.ts'
import { aFault, anAnswer, aRequest, aWire, faultOf } from '../helpers/http.ts'

const RETRIES = 4
/** What the gate throws for a request that was still waiting for its turn when the run stopped. */
const NOT_STARTED = aFault('stopped', { attempts: 0 })

interface Retrying {
  readonly kind: FaultKind
  readonly attempt: number
  readonly waitMs: number
}

/** A retried wire that gives these turns. Chance is always a half. */
function retried(turns: readonly (HttpResponse | Fault)[], facts: Partial<RetryOptions> = {}) {
  const clock = facts.clock ?? new AutoClock()
  const stop = new AbortController()
  const told: Retrying[] = []
  const holds: number[] = []
  const wire = aWire(...turns)
  const send = retry({
    replay: true,
    retries: RETRIES,
    maxWait: 300_000,
    clock,
    random: () => 0.5,
    stop: stop.signal,
    hold: ms => holds.push(ms),
    retrying: ({ kind }, attempt, waitMs) => told.push({ kind, attempt, waitMs }),
    ...facts,
  })(wire.send)
  return { send: (request: Partial<HttpRequest> = {}) => send(aRequest(request)), wire, told, holds, stop, clock }
}

describe('retry', () => {
  it.each<[FaultKind, { method: 'POST' | 'GET'; replay: boolean }, number]>([
    ['unreachable', { method: 'POST', replay: true }, 1 + RETRIES],
    ['unreachable', { method: 'POST', replay: false }, 1 + RETRIES],
    ['ambiguous', { method: 'POST', replay: true }, 1 + RETRIES],
    ['ambiguous', { method: 'POST', replay: false }, 1],
    ['ambiguous', { method: 'GET', replay: false }, 1 + RETRIES],
    ['unreadable', { method: 'POST', replay: true }, 2],
    ['unreadable', { method: 'POST', replay: false }, 1],
    ['unreadable', { method: 'GET', replay: false }, 2],
    ['credentials', { method: 'POST', replay: true }, 1],
    ['too-large', { method: 'POST', replay: true }, 1],
    ['refused', { method: 'POST', replay: true }, 1],
    ['endpoint', { method: 'POST', replay: true }, 1],
    ['stopped', { method: 'POST', replay: true }, 1],
  ])('after %s sends %o in all %i times', async (kind, { method, replay }, times) => {
    const { send, wire } = retried([aFault(kind, { reason: kind === 'stopped' ? 'aborted' : kind })], { replay })
    const fault = await faultOf(send({ method }))
    expect({ sent: wire.sent.length, kind: fault.kind, attempts: fault.attempts }).toEqual({
      sent: times,
      kind,
      attempts: times,
    })
  })

  it('counts every attempt of an answer that came in the end', async () => {
    const { send, told } = retried([aFault('ambiguous'), aFault('unreachable'), anAnswer({ body: 'lamp' })])
    expect(await send()).toEqual(anAnswer({ body: 'lamp', attempts: 3 }))
    expect(told).toEqual([
      { kind: 'ambiguous', attempt: 1, waitMs: 250 },
      { kind: 'unreachable', attempt: 2, waitMs: 500 },
    ])
  })

  it('sends exactly the same request again', async () => {
    const { send, wire } = retried([aFault('ambiguous'), anAnswer()])
    await send({ headers: { 'x-request-id': 'request-1' }, body: Buffer.from('[]') })
    expect(wire.sent[1]).toEqual(wire.sent[0])
  })

  it('does not retry at all when told so', async () => {
    const { send, wire } = retried([aFault('ambiguous')], { retries: 0 })
    expect([(await faultOf(send())).attempts, wire.sent.length]).toEqual([1, 1])
  })

  it('lets what is no fault pass as it is', async () => {
    const { send } = retried([anAnswer()], {
      clock: new ManualClock(),
    })
    const defect = new TypeError('lamp is undefined')
    const broken = retry({ ...options(), retries: 9 })(() => Promise.reject(defect))
    await expect(broken(aRequest())).rejects.toBe(defect)
    expect((await send()).attempts).toBe(1)
  })

  it('waits for as long as an ambiguous answer asks, and holds the whole target then', async () => {
    const { send, told, holds } = retried([aFault('ambiguous', { retryAfter: 7000 }), anAnswer()])
    await send()
    expect([told, holds]).toEqual([[{ kind: 'ambiguous', attempt: 1, waitMs: 7000 }], [7000]])
  })

  it('holds nobody for a fault of one request', async () => {
    const { send, holds } = retried([aFault('ambiguous'), aFault('unreachable'), anAnswer()])
    await send()
    expect(holds).toEqual([])
  })

  it('is woken by a stop while it waits, and gives the fault that it waited for', async () => {
    const turns = [aFault('ambiguous', { reason: 'timeout' }), NOT_STARTED]
    const { send, stop, clock } = retried(turns, { clock: new ManualClock() })
    const fault = faultOf(send())
    await quiet()
    stop.abort()
    expect([facts(await fault), clock.now()]).toEqual([{ kind: 'ambiguous', reason: 'timeout', attempts: 1 }, 0])
  })

  it('does not begin to wait when the run is stopping', async () => {
    const { send, wire, stop, told } = retried([aFault('throttled', { message: 'slow down' })])
    stop.abort()
    const fault = await faultOf(send())
    expect([fault.message, wire.sent.length, told]).toEqual(['slow down', 1, []])
  })

  it('counts no attempt for a request that was stopped before its turn came', async () => {
    const { send } = retried([NOT_STARTED])
    expect(facts(await faultOf(send()))).toEqual({ kind: 'stopped', reason: 'interrupted', attempts: 0 })
  })

  it('gives the fault before a stop when a retry is stopped before its turn came', async () => {
    const { send } = retried([aFault('unreachable'), NOT_STARTED])
    expect(facts(await faultOf(send()))).toEqual({ kind: 'unreachable', reason: 'unreachable', attempts: 1 })
  })
})

describe('retry of a throttle', () => {
  it('costs no attempt: twenty refusals do not use up four retries', async () => {
    const refusals = Array.from({ length: 20 }, () => aFault('throttled', { retryAfter: 1000 }))
    const { send, clock } = retried([...refusals, anAnswer()])
    expect([(await send()).attempts, clock.now()]).toEqual([21, 20_000])
  })

  it('waits exactly as long as the target asks and holds all its requests', async () => {
    const { send, told, holds } = retried([aFault('throttled', { retryAfter: 42_000 }), anAnswer()])
    await send()
    expect([told, holds]).toEqual([[{ kind: 'throttled', attempt: 1, waitMs: 42_000 }], [42_000]])
  })

  it('doubles from a second when the target names no time', async () => {
    const { send, told } = retried([aFault('throttled'), aFault('throttled'), aFault('throttled'), anAnswer()])
    await send()
    expect(told.map(({ waitMs }) => waitMs)).toEqual([1125, 2250, 4500])
  })

  it('waits although the target asks for no wait at all, so that it never knocks in a loop', async () => {
    const { send, wire, clock } = retried([aFault('throttled', { retryAfter: 0 })])
    expect((await faultOf(send())).kind).toBe('throttled')
    expect(wire.sent.length).toBeLessThan(20)
    expect(clock.now()).toBeGreaterThan(200_000)
  })

  it('gives up rather than knock before the time the target named', async () => {
    const { send, wire, clock } = retried([aFault('throttled', { retryAfter: 301_000, message: 'Slow down' })])
    const fault = await faultOf(send())
    expect([fault.kind, fault.message, wire.sent.length, clock.now()]).toEqual([
      'throttled',
      'Slow down (throttled for longer than --max-wait 5 min 0 s; it asks to wait 5 min 1 s)',
      1,
      0,
    ])
  })

  it('gives up when all waits together become longer than --max-wait', async () => {
    const { send, wire, clock } = retried([aFault('throttled', { retryAfter: 100_000, message: 'Slow down' })])
    const fault = await faultOf(send())
    expect([fault.message, fault.attempts, wire.sent.length, clock.now()]).toEqual([
      'Slow down (throttled for longer than --max-wait 5 min 0 s; it asks to wait 1 min 40 s)',
      4,
      4,
      300_000,
    ])
  })

  it('does not say so when it ended for another reason', async () => {
    const turns = [aFault('throttled', { retryAfter: 1000, message: 'Slow down' }), NOT_STARTED]
    const { send, stop } = retried(turns, { clock: new ManualClock() })
    const fault = faultOf(send())
    await quiet()
    stop.abort()
    expect((await fault).message).toBe('Slow down')
  })

  it.each([99_999_999_999_000, Date.UTC(9999, 11, 31)])(
    'is not fooled by an absurd wait of %i ms',
    async retryAfter => {
      const { send, wire } = retried([aFault('throttled', { retryAfter })])
      await faultOf(send())
      expect(wire.sent).toHaveLength(1)
    },
  )
})

describe('retry after an attempt that may have taken effect', () => {
  it.each<FaultKind>(['unreachable', 'throttled', 'credentials'])(
    'keeps the earlier fault as the cause when it ends with %s',
    async kind => {
      const lost = aFault('ambiguous', { reason: 'timeout' })
      const { send } = retried([lost, aFault(kind)], { maxWait: 60_000 })
      const fault = await faultOf(send())
      expect([fault.kind, fault.cause]).toEqual([kind, lost])
    },
  )

  it('keeps it over a stop as well', async () => {
    const lost = aFault('unreadable')
    const { send } = retried([lost, aFault('unreachable'), NOT_STARTED])
    const fault = await faultOf(send())
    expect([fault.kind, fault.attempts, fault.cause]).toEqual(['unreachable', 2, lost])
  })

  it('has no such cause when nothing can have happened', async () => {
    const { send } = retried([aFault('throttled', { retryAfter: 1 }), aFault('unreachable')])
    expect((await faultOf(send())).cause).toBeUndefined()
  })
})

function facts({ kind, reason, attempts }: Fault) {
  return { kind, reason, attempts }
}

function options(): RetryOptions {
  return {
    replay: true,
    retries: RETRIES,
    maxWait: 1000,
    clock: new ManualClock(),
    random: () => 0,
    stop: new AbortController().signal,
    hold: () => undefined,
    retrying: () => undefined,
  }
}
