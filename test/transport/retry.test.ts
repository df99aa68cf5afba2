import { describe, expect, it } from 'vitest'
import type { Fault, FaultKind } from '../../src/model/fault.ts'
import type { HttpRequest, HttpResponse } from '../../src/model/http.ts'
import { createBudget } from '../../src/transport/budget.ts'
import { type RetryOptions, retry } from '../../src/transport/retry.ts'
import { AutoClock, ManualClock, quiet } from '../helpers/clock.ts'
import { aFault, anAnswer, aRequest, aWire, faultOf } from '../helpers/http.ts'

const RETRIES = 4
/** What the gate throws for a request that was still waiting for its turn when the run stopped, or the target was given up. */
const NOT_STARTED = aFault('stopped', { attempts: 0 })
const GIVEN_UP = aFault('unreachable', { attempts: 0, message: 'The target is down' })

interface Retrying {
  readonly kind: FaultKind
  readonly attempt: number
  readonly waitMs: number
}

/** A retried wire that gives these turns. Chance is always a half; the gate pauses for as long as the last fault asked. */
function retried(turns: readonly (HttpResponse | Fault)[], facts: Partial<RetryOptions> = {}) {
  const clock = facts.clock ?? new AutoClock()
  const over = new AbortController()
  const told: Retrying[] = []
  const wire = aWire(...turns)
  let pause = 0
  const send = retry({
    replay: true,
    retries: RETRIES,
    maxWait: 300_000,
    clock,
    random: () => 0.5,
    budget: createBudget(),
    pause: () => pause,
    over: over.signal,
    retrying: ({ kind }, attempt, waitMs) => told.push({ kind, attempt, waitMs }),
    ...facts,
  })(request =>
    wire.send(request).catch((fault: Fault) => {
      pause = fault.retryAfter ?? 0
      throw fault
    }),
  )
  return { send: (request: Partial<HttpRequest> = {}) => send(aRequest(request)), wire, told, over, clock }
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
    const { send, wire } = retried([aFault(kind)], { replay })
    const fault = await faultOf(send({ method }))
    expect({ sent: wire.sent.length, kind: fault.kind, attempts: fault.attempts }).toEqual({
      sent: times,
      kind,
      attempts: times,
    })
  })

  it.each([
    ['host-unknown', 3],
    ['tls-failed', 1],
    ['certificate-refused', 1],
  ])('knows what hardly ever passes by itself: %s is sent %i times', async (reason, times) => {
    const { send, wire } = retried([aFault('unreachable', { reason })])
    expect([(await faultOf(send())).attempts, wire.sent.length]).toEqual([times, times])
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
    expect(wire.sent[1]).toBe(wire.sent[0])
  })

  it.each([0, 2])('does not retry more often than --retries %i says', async retries => {
    for (const reason of ['connection-lost', 'host-unknown']) {
      const { send, wire } = retried([aFault('unreachable', { reason })], { retries })
      expect([(await faultOf(send())).attempts, wire.sent.length]).toEqual([1 + retries, 1 + retries])
    }
  })

  it('lets what is no fault pass as it is', async () => {
    const defect = new TypeError('lamp is undefined')
    const { send } = retried([anAnswer()], {
      budget: {
        spend: () => null,
        earn() {
          throw defect
        },
      },
    })
    await expect(send()).rejects.toBe(defect)
  })

  it('waits at least as long as the target takes nothing', async () => {
    const { send, told } = retried([aFault('unreachable'), anAnswer()], { pause: () => 7000 })
    await send()
    expect(told).toEqual([{ kind: 'unreachable', attempt: 1, waitMs: 7000 }])
  })
})

describe('the end of a retry', () => {
  it('is woken by a stop while it waits, and gives the fault after which nobody knows what was done', async () => {
    const turns = [aFault('ambiguous', { reason: 'timeout' }), NOT_STARTED]
    const { send, over, clock } = retried(turns, { clock: new ManualClock() })
    const fault = faultOf(send())
    await quiet()
    over.abort(NOT_STARTED)
    expect([facts(await fault), clock.now()]).toEqual([{ kind: 'ambiguous', reason: 'timeout', attempts: 1 }, 0])
  })

  it('gives the stop when what it waited for was a throttle', async () => {
    const turns = [aFault('throttled', { http: 429 }), NOT_STARTED]
    const { send, over } = retried(turns, { clock: new ManualClock() })
    const fault = faultOf(send())
    await quiet()
    over.abort(NOT_STARTED)
    expect(facts(await fault)).toEqual({ kind: 'stopped', reason: 'interrupted', attempts: 1 })
  })

  it('does not begin to wait when the run is stopping', async () => {
    const { send, wire, over, told } = retried([aFault('throttled', { message: 'slow down' })])
    over.abort(NOT_STARTED)
    const { kind, attempts } = await faultOf(send())
    expect([kind, attempts, wire.sent.length, told]).toEqual(['stopped', 1, 1, []])
  })

  it('counts no attempt for a request that was stopped before its turn came', async () => {
    const { send } = retried([NOT_STARTED])
    expect(facts(await faultOf(send()))).toEqual({ kind: 'stopped', reason: 'interrupted', attempts: 0 })
  })

  it('gives the stop, with what was tried, when a retry is stopped before its turn came', async () => {
    const { send } = retried([aFault('unreachable'), NOT_STARTED])
    expect(facts(await faultOf(send()))).toEqual({ kind: 'stopped', reason: 'interrupted', attempts: 1 })
  })

  it('tells of a target that was given up, and of what had been tried', async () => {
    const lost = aFault('ambiguous')
    const { send } = retried([lost, GIVEN_UP])
    const { kind, message, attempts, cause } = await faultOf(send())
    expect([kind, message, attempts, cause]).toEqual(['unreachable', 'The target is down', 1, lost])
  })

  it('tells of it at once, also when it is given up during the attempt', async () => {
    const { send, over, told } = retried([aFault('throttled')])
    over.abort(GIVEN_UP)
    const { kind, message, attempts, cause } = await faultOf(send())
    expect([kind, message, attempts, cause, told]).toEqual(['unreachable', 'The target is down', 1, undefined, []])
  })

  it('lets an answer that no retry could change stand', async () => {
    const { send, over } = retried([aFault('refused', { message: 'no such lamp' })])
    over.abort(GIVEN_UP)
    expect((await faultOf(send())).message).toBe('no such lamp')
  })
})

describe('retry of a throttle', () => {
  it('costs no attempt: twenty refusals do not use up four retries', async () => {
    const refusals = Array.from({ length: 20 }, () => aFault('throttled', { retryAfter: 1000 }))
    const { send, clock } = retried([...refusals, anAnswer()])
    expect([(await send()).attempts, clock.now()]).toEqual([21, 20_000])
  })

  it('costs no attempt when an ambiguous answer says when to come back, either', async () => {
    const refusals = Array.from({ length: 20 }, () => aFault('ambiguous', { http: 503, retryAfter: 1000 }))
    const { send } = retried([...refusals, anAnswer()])
    expect((await send()).attempts).toBe(21)
  })

  it('is not sent again where that could do harm, whatever the answer says', async () => {
    const { send, wire } = retried([aFault('ambiguous', { http: 503, retryAfter: 1000 })], { replay: false })
    expect([(await faultOf(send())).kind, wire.sent.length]).toEqual(['ambiguous', 1])
  })

  it('waits until the target takes requests again', async () => {
    const { send, told } = retried([aFault('throttled', { retryAfter: 42_000 }), anAnswer()])
    await send()
    expect(told).toEqual([{ kind: 'throttled', attempt: 1, waitMs: 42_000 }])
  })

  it('gives up when one request alone was put off for longer than --max-wait', async () => {
    const { send, wire, clock } = retried([aFault('throttled', { retryAfter: 100_000, message: 'Slow down' })])
    const fault = await faultOf(send())
    expect([fault.kind, fault.message, fault.attempts, wire.sent.length, clock.now()]).toEqual([
      'throttled',
      'Slow down (throttled for longer than --max-wait 5 min 0 s; it asks to come back in 1 min 40 s, at 2026-01-01 00:07 UTC)',
      4,
      4,
      300_000,
    ])
  })

  it('does not say so when it ended for another reason', async () => {
    const turns = [aFault('throttled', { retryAfter: 1000, message: 'Slow down' }), NOT_STARTED]
    const { send, over } = retried(turns, { clock: new ManualClock() })
    const fault = faultOf(send())
    await quiet()
    over.abort(NOT_STARTED)
    expect((await fault).message).toBe(NOT_STARTED.message)
  })
})

describe('the retry budget of a run', () => {
  it('ends the retries of all requests together', async () => {
    const { send, wire } = retried([aFault('ambiguous', { message: 'out of light' })])
    const faults: Fault[] = []
    for (let requests = 0; requests < 30; requests++) faults.push(await faultOf(send()))
    expect(wire.sent).toHaveLength(30 + 100)
    expect(faults.at(-1)).toMatchObject({
      kind: 'ambiguous',
      message: 'out of light (not tried again: too many requests of this run have failed)',
      attempts: 1,
      cause: undefined,
    })
  })

  it('is paid back by answers', async () => {
    const turns = Array.from({ length: 300 }, () => [aFault('ambiguous'), anAnswer()]).flat()
    const { send, wire } = retried(turns)
    for (let requests = 0; requests < 300; requests++) expect((await send()).attempts).toBe(2)
    expect(wire.sent).toHaveLength(600)
  })

  it('is not touched by throttles', async () => {
    const { send } = retried([...Array.from({ length: 200 }, () => aFault('throttled')), anAnswer()])
    expect((await send()).attempts).toBe(201)
  })
})

describe('retry after an attempt that may have taken effect', () => {
  it.each<FaultKind>(['unreachable', 'throttled', 'credentials'])(
    'keeps the earlier fault as the cause when it ends with %s',
    async kind => {
      const lost = aFault('ambiguous', { reason: 'timeout' })
      const { send } = retried([lost, aFault(kind, { retryAfter: kind === 'throttled' ? 400_000 : null })])
      const fault = await faultOf(send())
      expect([fault.kind, fault.cause]).toEqual([kind, lost])
    },
  )

  it('keeps it when patience ends with that very attempt', async () => {
    const lost = aFault('ambiguous', { http: 503, retryAfter: 400_000 })
    const fault = await faultOf(retried([lost]).send())
    expect([fault.kind, fault.cause]).toEqual(['throttled', lost])
  })

  it('keeps it over a stop as well', async () => {
    const lost = aFault('unreadable')
    const { send } = retried([lost, aFault('unreachable'), NOT_STARTED])
    const fault = await faultOf(send())
    expect([fault.kind, fault.attempts, fault.cause]).toEqual(['stopped', 2, lost])
  })

  it('has no such cause when nothing can have happened', async () => {
    const { send } = retried([aFault('throttled', { retryAfter: 1 }), aFault('unreachable')])
    expect((await faultOf(send())).cause).toBeUndefined()
  })
})

function facts({ kind, reason, attempts }: Fault) {
  return { kind, reason, attempts }
}
