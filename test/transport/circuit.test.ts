import { describe, expect, it } from 'vitest'
import { type CircuitOptions, createCircuit } from '../../src/transport/circuit.ts'
import { ManualClock } from '../helpers/clock.ts'
import { aRequest } from '../helpers/http.ts'

const DOWN = Number.POSITIVE_INFINITY

/** A circuit, and requests that fail one after the other: `null` is an answer. Chance is always nearly one. */
function circuit(facts: Partial<CircuitOptions> = {}) {
  const clock = new ManualClock()
  const made = createCircuit({ looks: 4, maxWait: 300_000, clock, random: () => 1, ...facts })
  const requests = Array.from({ length: 10 }, () => aRequest())
  const fail = (no: number, mayLook = true) => made.failed(requests[no] ?? aRequest(), clock.now(), mayLook)
  return { ...made, clock, requests, fail, streak: () => made.streak }
}

describe('circuit', () => {
  it('takes a target for down after five failures in a row of three requests', () => {
    const { fail } = circuit()
    expect([0, 1, 2, 0, 1].map(no => fail(no))).toEqual([0, 0, 0, 0, 1000])
  })

  it('does not blame the target for one or two requests that never work', () => {
    const { fail } = circuit()
    expect([0, 1, 0, 1, 0, 1, 0, 1, 0, 1].map(no => fail(no))).toEqual(Array(10).fill(0))
  })

  it('does not add up failures between which the target answered', () => {
    const { fail, answered } = circuit()
    for (let times = 0; times < 20; times++) {
      for (const no of [0, 1, 2, 3]) expect(fail(no)).toBe(0)
      answered()
    }
  })

  it('looks again after a second, and after twice as long each time, until it is given up', async () => {
    const { fail, clock } = circuit()
    for (const no of [0, 1, 2, 3]) fail(no)
    const pauses: number[] = []
    for (let looks = 0; looks < 5; looks++) {
      const pause = fail(looks)
      pauses.push(pause)
      if (pause !== DOWN) await clock.advance(pause)
    }
    expect(pauses).toEqual([1000, 2000, 4000, 8000, DOWN])
  })

  it('waits half of that at least', () => {
    const { fail } = circuit({ random: () => 0 })
    expect([0, 1, 2, 3, 4].map(no => fail(no)).at(-1)).toBe(500)
  })

  it('never waits longer than twenty seconds', async () => {
    const { fail, clock } = circuit({ looks: 100 })
    for (const no of [0, 1, 2, 3]) fail(no)
    const pauses: number[] = []
    for (let looks = 0; looks < 8; looks++) {
      pauses.push(fail(looks))
      await clock.advance(pauses.at(-1) ?? 0)
    }
    expect(pauses).toEqual([1000, 2000, 4000, 8000, 16_000, 20_000, 20_000, 20_000])
  })

  it('does not count as a look what was under way when the target was found to be down', async () => {
    const { fail, failed, clock, requests } = circuit()
    for (const no of [0, 1, 2, 3, 4]) fail(no)
    await clock.advance(900)
    expect(requests.map(request => failed(request, 0, true))).toEqual(Array(10).fill(0))
    await clock.advance(100)
    expect(fail(0)).toBe(2000)
  })

  it('gives the target up when it would be away for longer than --max-wait', async () => {
    const { fail, clock } = circuit({ maxWait: 6000 })
    for (const no of [0, 1, 2, 3, 4]) fail(no)
    await clock.advance(1000)
    expect(fail(0)).toBe(2000)
    await clock.advance(2000)
    expect(fail(0)).toBe(DOWN)
  })

  it('gives it up at once when a look could do harm', () => {
    const { fail } = circuit()
    expect([0, 1, 2, 3, 4].map(no => fail(no, false))).toEqual([0, 0, 0, 0, DOWN])
  })

  it('does not look at all when retries are off', () => {
    const { fail } = circuit({ looks: 0 })
    expect([0, 1, 2, 3, 4].map(no => fail(no)).at(-1)).toBe(DOWN)
  })

  it('closes with an answer', async () => {
    const { fail, answered, clock } = circuit()
    for (const no of [0, 1, 2, 3, 4]) fail(no)
    await clock.advance(1000)
    answered()
    expect([0, 1, 2, 3, 4].map(no => fail(no))).toEqual([0, 0, 0, 0, 1000])
  })

  it('knows how many failed in a row, and since when', async () => {
    const { fail, streak, clock } = circuit()
    await clock.advance(500)
    fail(0)
    await clock.advance(700)
    fail(0)
    expect(streak()).toEqual({ failures: 2, ms: 700 })
  })
})
