import { setMaxListeners } from 'node:events'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Fault } from '../../src/model/fault.ts'
import type { HttpRequest } from '../../src/model/http.ts'
import type { Rate } from '../../src/model/rate.ts'
import { createPace, type PaceOptions } from '../../src/transport/pace.ts'
import { AutoClock, ManualClock, quiet } from '../helpers/clock.ts'
import { aFault, anAnswer, aRequest, faultOf } from '../helpers/http.ts'

const TEN_A_MINUTE: Rate = { count: 10, perMs: 60_000 }
/** The window of 10/min with its margin: a start is counted here and arrives at the target a little later. */
const WINDOW = 60_250
const MANY = 1000

interface Waiting {
  readonly why: 'rate' | 'throttled'
  readonly waitMs: number
}

/** A gate before a target that answers at once, or after `takes` milliseconds, with a fault where `breaks` says so. */
function paced(
  facts: Partial<PaceOptions> & {
    clock: ManualClock
    takes?: number
    breaks?: (no: number, request: HttpRequest) => Fault | null
  },
) {
  const { clock, takes = 0, breaks = () => null, ...options } = facts
  const starts: number[] = []
  const waits: Waiting[] = []
  const stop = new AbortController()
  setMaxListeners(0, stop.signal)
  let [underWay, most] = [0, 0]
  const pace = createPace({
    rate: null,
    concurrency: MANY,
    retries: 4,
    replay: true,
    maxWait: 300_000,
    clock,
    random: () => 0.5,
    stop: stop.signal,
    waiting: (why, waitMs) => waits.push({ why, waitMs }),
    ...options,
  })
  const send = pace.gate(async request => {
    const no = starts.push(clock.now())
    most = Math.max(most, ++underWay)
    if (takes > 0) await clock.sleep(takes)
    underWay--
    const fault = breaks(no, request)
    if (fault !== null) throw fault
    return anAnswer()
  })
  const request = (each: Partial<HttpRequest> = {}) => send(aRequest(each))
  return { starts, waits, stop, pace, request, most: () => most }
}

function times(count: number, work: () => Promise<unknown>): Promise<unknown> {
  return Promise.all(Array.from({ length: count }, work))
}

function throttled(retryAfter: number | null = null): Fault {
  return aFault('throttled', { message: 'Slow down', http: 429, retryAfter })
}

describe('pace of a configured rate', () => {
  it('starts n requests at once, without spacing, and the next ones when the window has passed', async () => {
    const { starts, request } = paced({ rate: TEN_A_MINUTE, clock: new AutoClock() })
    await times(25, request)
    expect(starts).toEqual([
      ...Array.from({ length: 10 }, () => 0),
      ...Array.from({ length: 10 }, () => WINDOW),
      ...Array.from({ length: 5 }, () => 2 * WINDOW),
    ])
  })

  it('says how long the next request has to wait, and why, but not of a moment', async () => {
    const clock = new AutoClock()
    const breaks = (no: number) => (no === 2 ? throttled(90_000) : null)
    const { waits, request } = paced({ rate: { count: 1, perMs: 60_000 }, clock, breaks })
    await request()
    await faultOf(request())
    await request()
    expect(waits).toEqual([
      { why: 'rate', waitMs: WINDOW },
      { why: 'throttled', waitMs: 90_000 },
    ])
    const quick = paced({ rate: { count: 1, perMs: 500 }, clock })
    await times(5, quick.request)
    expect(quick.waits).toEqual([])
  })

  it('never starts more than n in any window, nor before the target takes requests again', async () => {
    const moment = fc.record({ at: fc.nat(5000), asks: fc.option(fc.nat(3), { nil: null, freq: 4 }) })
    const rates = fc.record({ count: fc.integer({ min: 1, max: 5 }), perMs: fc.integer({ min: 50, max: 1000 }) })
    await fc.assert(
      fc.asyncProperty(rates, fc.array(moment, { minLength: 1, maxLength: 40 }), async (rate, moments) => {
        const clock = new AutoClock()
        const pauses: { from: number; until: number }[] = []
        const asked: (number | null)[] = []
        const breaks = (no: number): Fault | null => {
          const seconds = asked[no - 1] ?? null
          if (seconds === null) return null
          pauses.push({ from: clock.now(), until: clock.now() + seconds * 1000 })
          return throttled(seconds * 1000)
        }
        const { starts, request } = paced({ rate, clock, breaks })
        await Promise.all(
          moments.map(async ({ at, asks }) => {
            await clock.sleep(at)
            asked.push(asks)
            await request().catch(() => undefined)
          }),
        )
        expect(starts).toHaveLength(moments.length)
        for (const [at, start] of starts.entries()) {
          const next = starts[at + rate.count]
          if (next !== undefined) expect(next - start).toBeGreaterThan(rate.perMs)
          expect(pauses.filter(({ from, until }) => start > from && start < until)).toEqual([])
        }
      }),
      { numRuns: 100 },
    )
  })
})

describe('pace', () => {
  it('lets everything start at once that the configured concurrency allows', async () => {
    const { starts, waits, request, most } = paced({ clock: new AutoClock(), concurrency: 4, takes: 100 })
    await times(8, request)
    expect([starts, waits, most()]).toEqual([[0, 0, 0, 0, 100, 100, 100, 100], [], 4])
  })

  it('starts requests in the order in which they came', async () => {
    const order: string[] = []
    const { request } = paced({
      clock: new AutoClock(),
      rate: { count: 1, perMs: 1000 },
      breaks(_, { url }) {
        order.push(url)
        return null
      },
    })
    const urls = ['a', 'b', 'c', 'd', 'e'].map(name => `https://shop.example.com/${name}`)
    await Promise.all(urls.map(url => request({ url })))
    expect(order).toEqual(urls)
  })

  it('holds everybody while one is told to wait, those who wait already as well', async () => {
    const clock = new AutoClock()
    const breaks = (no: number) => (no === 1 ? throttled(42_000) : null)
    const { starts, request } = paced({ clock, concurrency: 2, takes: 100, breaks })
    const all = times(6, () => request().catch(() => undefined))
    await all
    expect(starts.filter(at => at > 0 && at < 42_100)).toEqual([])
    expect(starts.length).toBe(6)
  })

  it('goes on at a pace after that, never all together', async () => {
    const clock = new AutoClock()
    const breaks = (no: number) => (no <= 4 ? throttled(1000) : null)
    const { starts, request } = paced({ clock, takes: 100, breaks })
    await times(20, () => request().catch(() => undefined))
    const later = starts.slice(4)
    expect(later).toHaveLength(16)
    expect(Math.min(...later.slice(1).map((at, before) => at - (later[before] ?? 0)))).toBeGreaterThan(0)
  })

  it('waits longer and longer for a target that names no time', async () => {
    const clock = new AutoClock()
    const { starts, request } = paced({ clock, breaks: no => (no <= 3 ? throttled() : null) })
    for (let requests = 0; requests < 4; requests++) await request().catch(() => undefined)
    expect(starts).toEqual([0, 1050, 3150, 7350])
  })

  it('heeds a wait that any other answer asks for, and goes on with one request', async () => {
    const clock = new AutoClock()
    const closed = aFault('ambiguous', { http: 503, retryAfter: 30_000 })
    const { starts, request } = paced({ clock, takes: 100, breaks: no => (no === 1 ? closed : null) })
    await faultOf(request())
    await times(7, request)
    expect(starts.slice(1)).toEqual([30_100, 30_200, 30_200, 30_300, 30_300, 30_300, 30_300])
  })

  it('tells how long nothing starts', async () => {
    const clock = new ManualClock()
    const { pace, request } = paced({ clock, breaks: () => throttled(5000) })
    expect(pace.pause()).toBe(0)
    await faultOf(request())
    expect(pace.pause()).toBe(5000)
    await clock.advance(1500)
    expect(pace.pause()).toBe(3500)
    await clock.advance(10_000)
    expect(pace.pause()).toBe(0)
  })
})

describe('pace of a stopped run', () => {
  it('ends all waiting: what has not started never does', async () => {
    const { starts, stop, request } = paced({ clock: new ManualClock(), rate: { count: 1, perMs: 1000 } })
    await request()
    const waiting = [faultOf(request()), faultOf(request())]
    await quiet()
    stop.abort()
    const faults = [...(await Promise.all(waiting)), await faultOf(request())]
    expect(faults.map(({ kind, attempts }) => ({ kind, attempts }))).toEqual(
      Array(3).fill({ kind: 'stopped', attempts: 0 }),
    )
    expect(starts).toEqual([0])
  })

  it('ends the waiting for others to end', async () => {
    const { starts, stop, request } = paced({ clock: new ManualClock(), concurrency: 1, takes: 1000 })
    request()
    const waiting = faultOf(request())
    await quiet()
    stop.abort()
    expect([(await waiting).kind, starts]).toEqual(['stopped', [0]])
  })

  it('starts nothing when the run was stopped before', async () => {
    const { starts, request } = paced({ clock: new ManualClock(), stop: AbortSignal.abort() })
    expect([(await faultOf(request())).kind, starts]).toEqual(['stopped', []])
  })
})

describe('pace of a target that refuses to work', () => {
  it('ends for everybody at once when the target asks for more than --max-wait', async () => {
    const clock = new AutoClock()
    const { starts, request, pace } = paced({ clock, concurrency: 1, breaks: () => throttled(3_600_000) })
    const first = await faultOf(request())
    const others = await Promise.all([faultOf(request()), faultOf(request())])
    const words =
      'Slow down (throttled for longer than --max-wait 5 min 0 s; it asks to come back in 1 h 0 min, at 2026-01-01 01:00 UTC)'
    expect([first.message, first.attempts]).toEqual(['Slow down', 1])
    expect(others.map(({ kind, message, attempts, http }) => [kind, message, attempts, http])).toEqual(
      Array(2).fill(['throttled', words, 0, 429]),
    )
    expect([starts, clock.now(), pace.over.aborted]).toEqual([[0], 0, true])
  })

  it('ends when nothing was taken for so long, whichever requests were refused', async () => {
    const clock = new AutoClock()
    const { starts, request } = paced({ clock, breaks: () => throttled(60_000) })
    const faults = await Promise.all(Array.from({ length: 40 }, () => faultOf(request())))
    expect(starts.at(-1)).toBeLessThanOrEqual(300_000)
    expect(faults.filter(({ attempts }) => attempts === 0).length).toBeGreaterThan(20)
  })

  it('does not end as long as something is taken in between', async () => {
    const clock = new AutoClock()
    const { starts, request } = paced({ clock, breaks: no => (no % 2 === 1 ? throttled(200_000) : null) })
    for (let requests = 0; requests < 20; requests++) await request().catch(() => undefined)
    expect(starts).toHaveLength(20)
  })
})

describe('pace of a target that is down', () => {
  const refused = aFault('unreachable', { message: 'shop.example.com cannot be reached' })
  const lost = aFault('ambiguous', { message: 'out of light', http: 502, reason: 'target-unavailable' })

  it('lets one request at a time look whether it is back, and all go on when it is', async () => {
    const clock = new AutoClock()
    const { starts, request } = paced({ clock, takes: 10, concurrency: 4, breaks: no => (no <= 8 ? refused : null) })
    await times(12, () => request().catch(() => undefined))
    // one after 0.75 s and one after 1.5 s more, because chance is a half
    expect(starts).toEqual([0, 0, 0, 0, 10, 10, 10, 770, 2280, 2290, 2290, 2300])
  })

  it('ends for everybody when it does not come back', async () => {
    const clock = new AutoClock()
    const { starts, request } = paced({ clock, takes: 10, concurrency: 4, breaks: () => refused })
    const faults = await Promise.all(Array.from({ length: 40 }, () => faultOf(request())))
    expect(starts).toHaveLength(11)
    const { kind, message, attempts, reason } = faults.at(-1) ?? refused
    expect([kind, attempts, reason]).toEqual(['unreachable', 0, 'unreachable'])
    expect(message).toBe(
      'The target is down: 11 requests in a row failed in 11.3 s, the last one: shop.example.com cannot be reached',
    )
  })

  it('says how it is down, and is unreachable all the same: what has not started was never sent', async () => {
    const { request } = paced({ clock: new AutoClock(), breaks: () => lost })
    const faults: Fault[] = []
    for (let requests = 0; requests < 10; requests++) faults.push(await faultOf(request()))
    const { kind, reason, http, attempts } = faults.at(-1) ?? refused
    expect({ kind, reason, http, attempts }).toEqual({
      kind: 'unreachable',
      reason: 'target-unavailable',
      http: 502,
      attempts: 0,
    })
  })

  it('does not look with requests that could do harm', async () => {
    const { starts, request } = paced({ clock: new AutoClock(), replay: false, breaks: () => lost })
    for (let requests = 0; requests < 10; requests++) await faultOf(request())
    expect(starts).toHaveLength(5)
  })

  it.each([
    ['reads', lost, 'GET'],
    ['has not got through to', refused, 'POST'],
  ] as const)('looks with a request that %s the target', async (_, fault, method) => {
    const { starts, request } = paced({ clock: new AutoClock(), replay: false, breaks: () => fault })
    for (let requests = 0; requests < 10; requests++) await faultOf(request({ method }))
    expect(starts).toHaveLength(9)
  })

  it('takes a refusal for a sign of life', async () => {
    const breaks = (no: number) => (no % 5 === 0 ? aFault('refused') : refused)
    const { starts, request } = paced({ clock: new AutoClock(), breaks })
    for (let requests = 0; requests < 30; requests++) await faultOf(request())
    expect(starts).toEqual(Array(30).fill(0))
  })
})
