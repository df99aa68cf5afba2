import { setMaxListeners } from 'node:events'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Rate } from '../../src/model/rate.ts'
import { createPace } from '../../src/transport/pace.ts'
import { AutoClock, ManualClock, quiet } from '../helpers/clock.ts'
import { anAnswer, aRequest, faultOf } from '../helpers/http.ts'

const TEN_A_MINUTE: Rate = { count: 10, perMs: 60_000 }
/** The window of 10/min with its margin: a start is counted here and arrives at the target a little later. */
const WINDOW = 60_250

interface Waiting {
  readonly why: 'rate' | 'throttled'
  readonly waitMs: number
}

function paced(rate: Rate | null, clock: ManualClock) {
  const starts: number[] = []
  const waits: Waiting[] = []
  const stop = new AbortController()
  setMaxListeners(0, stop.signal)
  const pace = createPace({
    rate,
    clock,
    stop: stop.signal,
    waiting: (why, waitMs) => waits.push({ why, waitMs }),
  })
  const send = pace.gate(async () => {
    starts.push(clock.now())
    return anAnswer()
  })
  return { starts, waits, stop, hold: pace.hold, request: () => send(aRequest()) }
}

function times(count: number, work: () => Promise<unknown>): Promise<unknown> {
  return Promise.all(Array.from({ length: count }, work))
}

describe('pace', () => {
  it('lets everything start at once without a rate', async () => {
    const { starts, waits, request } = paced(null, new ManualClock())
    await times(500, request)
    expect([starts.length, new Set(starts), waits]).toEqual([500, new Set([0]), []])
  })

  it('starts n requests at once, without spacing, and the next ones when the window has passed', async () => {
    const { starts, request } = paced(TEN_A_MINUTE, new AutoClock())
    await times(25, request)
    expect(starts).toEqual([
      ...Array.from({ length: 10 }, () => 0),
      ...Array.from({ length: 10 }, () => WINDOW),
      ...Array.from({ length: 5 }, () => 2 * WINDOW),
    ])
  })

  it('slides: each start makes room for one when it has left the window', async () => {
    const clock = new ManualClock()
    const { starts, request } = paced({ count: 2, perMs: 1000 }, clock)
    await request()
    await clock.advance(600)
    await request()
    const third = request()
    const fourth = request()
    await clock.advance(2000)
    await Promise.all([third, fourth])
    expect(starts).toEqual([0, 600, 1010, 1610])
  })

  it('says how long the next request has to wait, and why', async () => {
    const clock = new AutoClock()
    const { waits, request, hold } = paced({ count: 1, perMs: 60_000 }, clock)
    await request()
    await request()
    hold(90_000)
    await request()
    expect(waits).toEqual([
      { why: 'rate', waitMs: WINDOW },
      { why: 'throttled', waitMs: 90_000 },
    ])
  })

  it('holds everybody, those who already wait as well, and never shortens a hold', async () => {
    const clock = new ManualClock()
    const { starts, request, hold } = paced({ count: 1, perMs: 1000 }, clock)
    await request()
    const waiting = request()
    await quiet()
    hold(5000)
    hold(10)
    const late = request()
    await clock.advance(60_000)
    await Promise.all([waiting, late])
    expect(starts).toEqual([0, 5000, 6010])
  })

  it('keeps to the rate after a hold: those who waited do not start together', async () => {
    const clock = new AutoClock()
    const { starts, request, hold } = paced({ count: 2, perMs: 1000 }, clock)
    hold(30_000)
    await times(6, request)
    expect(starts).toEqual([30_000, 30_000, 31_010, 31_010, 32_020, 32_020])
  })

  it('ends all waiting when the run stops: what has not started never does', async () => {
    const { starts, stop, request } = paced({ count: 1, perMs: 1000 }, new ManualClock())
    await request()
    const waiting = faultOf(request())
    await quiet()
    stop.abort()
    const late = faultOf(request())
    expect([await waiting, await late].map(({ kind, attempts }) => ({ kind, attempts }))).toEqual([
      { kind: 'stopped', attempts: 0 },
      { kind: 'stopped', attempts: 0 },
    ])
    expect(starts).toEqual([0])
  })

  it('ends the wait of a hold as well', async () => {
    const { starts, stop, hold, request } = paced(null, new ManualClock())
    hold(1000)
    const waiting = faultOf(request())
    await quiet()
    stop.abort()
    expect([(await waiting).kind, starts]).toEqual(['stopped', []])
  })

  it('never starts more than n in any window, whenever requests come and whenever the target asks to hold', async () => {
    const moment = fc.record({
      at: fc.nat(5000),
      hold: fc.option(fc.nat(3000), { nil: null, freq: 4 }),
    })
    const rates = fc.record({ count: fc.integer({ min: 1, max: 5 }), perMs: fc.integer({ min: 50, max: 1000 }) })
    await fc.assert(
      fc.asyncProperty(rates, fc.array(moment, { minLength: 1, maxLength: 40 }), async (rate, moments) => {
        const clock = new AutoClock()
        const { starts, request, hold } = paced(rate, clock)
        const holds: { from: number; until: number }[] = []
        await Promise.all(
          moments.map(async moment => {
            await clock.sleep(moment.at)
            if (moment.hold === null) {
              await request()
            } else {
              hold(moment.hold)
              holds.push({ from: clock.now(), until: clock.now() + moment.hold })
            }
          }),
        )
        expect(starts).toHaveLength(moments.filter(({ hold }) => hold === null).length)
        for (const [at, start] of starts.entries()) {
          const next = starts[at + rate.count]
          if (next !== undefined) expect(next - start).toBeGreaterThan(rate.perMs)
          expect(holds.filter(({ from, until }) => start > from && start < until)).toEqual([])
        }
      }),
      { numRuns: 200 },
    )
  })

  it('never makes a request wait longer than the window asks for', async () => {
    const rates = fc.record({ count: fc.integer({ min: 1, max: 5 }), perMs: fc.integer({ min: 50, max: 1000 }) })
    await fc.assert(
      fc.asyncProperty(rates, fc.integer({ min: 1, max: 40 }), async (rate, count) => {
        const { starts, request } = paced(rate, new AutoClock())
        await times(count, request)
        const windows = Math.ceil(count / rate.count) - 1
        expect(starts.at(-1)).toBeLessThanOrEqual(windows * (rate.perMs * 1.01 + 1))
      }),
      { numRuns: 100 },
    )
  })
})
