import { describe, expect, it } from 'vitest'
import { backoff, throttledBackoff } from '../../src/transport/backoff.ts'

const NONE = () => 0
/** The largest number that chance can give. */
const MOST = () => 1 - Number.EPSILON / 2
const retries = [1, 2, 3, 4, 5, 6, 7, 8, 100, 2000]

describe('backoff', () => {
  it('can be anything from nothing up to a bound that doubles to 20 s', () => {
    expect(retries.map(retry => backoff(retry, NONE))).toEqual(retries.map(() => 0))
    const bounds = retries.map(retry => Math.round(backoff(retry, MOST)))
    expect(bounds).toEqual([500, 1000, 2000, 4000, 8000, 16_000, 20_000, 20_000, 20_000, 20_000])
  })

  it('is spread evenly over its range', () => {
    expect([0.25, 0.5, 0.75].map(chance => backoff(3, () => chance))).toEqual([500, 1000, 1500])
  })
})

describe('backoff of a throttle that names no time', () => {
  it('doubles from 1 s to 60 s and is never shorter, as the vendors advise', () => {
    const waits = retries.map(nth => throttledBackoff(nth, NONE))
    expect(waits).toEqual([1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000, 60_000, 60_000])
  })

  it('adds up to a tenth, so that clients that were refused together part', () => {
    const waits = retries.map(nth => Math.round(throttledBackoff(nth, MOST)))
    expect(waits).toEqual([1100, 2200, 4400, 8800, 17_600, 35_200, 66_000, 66_000, 66_000, 66_000])
  })
})
