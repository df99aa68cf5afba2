import { describe, expect, it } from 'vitest'
import { createPatience, outOfPatience } from '../../src/transport/patience.ts'
import { ManualClock } from '../helpers/clock.ts'
import { aFault } from '../helpers/http.ts'

const SLOW_DOWN = aFault('throttled', { message: 'Slow down' })
const FIVE_MINUTES = 300_000

function patient() {
  const clock = new ManualClock()
  return { clock, patience: createPatience({ maxWait: FIVE_MINUTES, clock, random: () => 0.5 }) }
}

function asking(retryAfter: number) {
  return aFault('throttled', { message: 'Slow down', retryAfter })
}

describe('patience', () => {
  it('waits exactly as long as the target asks', () => {
    const { patience } = patient()
    expect(patience.refused(asking(42_000), 0)).toBe(42_000)
  })

  it('never shortens a wait that was asked for', () => {
    const { patience } = patient()
    patience.refused(asking(42_000), 0)
    expect([patience.refused(asking(1000), 0), patience.refused(SLOW_DOWN, 0)]).toEqual([42_000, 42_000])
  })

  it('waits a second when the target names no time, then twice as long, up to a minute', async () => {
    const { clock, patience } = patient()
    const waits: number[] = []
    for (let times = 0; times < 8; times++) {
      const until = patience.refused(SLOW_DOWN, clock.now())
      waits.push(until - clock.now())
      await clock.advance(until - clock.now())
    }
    expect(waits).toEqual([1050, 2100, 4200, 8400, 16_800, 33_600, 63_000, 63_000])
  })

  it('takes what was refused together for one refusal', async () => {
    const { clock, patience } = patient()
    await clock.advance(50)
    expect([0, 10, 20].map(startedAt => patience.refused(SLOW_DOWN, startedAt))).toEqual([1100, 1100, 1100])
  })

  it('starts anew after a request that was taken', async () => {
    const { clock, patience } = patient()
    await clock.advance(patience.refused(SLOW_DOWN, 0))
    patience.accepted()
    expect(patience.refused(SLOW_DOWN, clock.now()) - clock.now()).toBe(1050)
  })

  it('waits although the target asks for no wait at all, so that it is never asked in a loop', () => {
    expect(patient().patience.refused(asking(0), 0)).toBe(1050)
  })

  it('is over when the target would take nothing for longer than --max-wait', async () => {
    const { clock, patience } = patient()
    const over: boolean[] = []
    for (let times = 0; times < 4; times++) {
      const until = patience.refused(asking(100_000), clock.now())
      over.push(patience.isOver(until))
      await clock.advance(100_000)
    }
    expect(over).toEqual([false, false, false, true])
  })

  it('is over at once when the target asks for more than that', () => {
    const { patience } = patient()
    expect(patience.isOver(patience.refused(asking(FIVE_MINUTES + 1000), 0))).toBe(true)
  })
})

describe('the end of patience', () => {
  it.each([
    [301_000, '; it asks to come back in 5 min 1 s, at 2026-01-01 00:06 UTC'],
    [7_200_000, '; it asks to come back in 2 h 0 min, at 2026-01-01 02:00 UTC'],
    [999_999_999_000, '; it asks to come back in 277777 h 46 min, at 2057-09-09 01:47 UTC'],
    [Date.UTC(9999, 11, 31, 23, 59, 59), '; it asks to come back in 70389527 h 59 min, at +010056-01-01 00:00 UTC'],
    [0, ''],
    [null, ''],
  ])('says when to come back: %s', (retryAfter, words) => {
    const { kind, message, attempts } = outOfPatience(
      aFault('ambiguous', { message: 'Closed', retryAfter }),
      FIVE_MINUTES,
      new ManualClock(),
    )
    expect([kind, message, attempts]).toEqual([
      'throttled',
      `Closed (throttled for longer than --max-wait 5 min 0 s${words})`,
      0,
    ])
  })
})
