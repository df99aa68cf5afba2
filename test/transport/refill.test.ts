import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { refillRate } from '../../src/transport/refill.ts'
import { createTrial, type Finding } from '../../src/transport/trial.ts'

const PAUSE = 1000

/** What is found out about a bucket by requests at this speed, per millisecond, until it is empty. */
function finding(bucket: { refill: number; burst: number }, speed: number): Finding {
  const trial = createTrial()
  let tokens = bucket.burst
  for (let at = 0; ; at += 1 / speed) {
    tokens = Math.min(bucket.burst, tokens + (at > 0 ? bucket.refill / speed : 0))
    trial.started(at)
    if (tokens >= 1) {
      tokens -= 1
      trial.accepted(at)
      continue
    }
    trial.refused(at, at, speed)
    const found = trial.finding(at + PAUSE)
    if (found === null) throw new Error('nothing was refused')
    return found
  }
}

describe('the rate at which a bucket is refilled', () => {
  it('shows when a second trial lasts longer than the first', () => {
    const bucket = { refill: 0.1, burst: 10 }
    const rate = refillRate(finding(bucket, 1), finding(bucket, 0.12))
    expect(rate).toBeGreaterThan(0.095)
    expect(rate).toBeLessThan(0.105)
  })

  it('does not show when it does not', () => {
    const bucket = { refill: 0.1, burst: 10 }
    const found = finding(bucket, 0.2)
    expect([refillRate(found, found), refillRate(found, finding(bucket, 1))]).toEqual([null, null])
  })

  it('is found for buckets of all sizes', () => {
    const buckets = fc.record({
      refill: fc.double({ min: 0.01, max: 1, noNaN: true }),
      burst: fc.integer({ min: 5, max: 100 }),
    })
    fc.assert(
      fc.property(buckets, bucket => {
        const rate = refillRate(finding(bucket, bucket.refill * 4), finding(bucket, bucket.refill * 1.2))
        expect(rate).not.toBeNull()
        expect((rate ?? 0) / bucket.refill).toBeGreaterThan(0.8)
        expect((rate ?? 0) / bucket.refill).toBeLessThan(1.25)
      }),
    )
  })
})

describe('a trial', () => {
  it('tells what a target takes for certain, and what was too much', () => {
    const trial = createTrial()
    for (let at = 0; at < 100; at += 10) trial.started(at)
    for (let at = 0; at < 90; at += 10) trial.accepted(at)
    trial.refused(90, 140, 1)
    expect(trial.finding(1140)).toEqual({
      low: 9 / 1140,
      high: 9 / 90,
      starts: [0, 10, 20, 30, 40, 50, 60, 70, 80],
      until: 90,
      span: 90,
      pause: 1000,
    })
  })

  it('is not over before something was refused', () => {
    const trial = createTrial()
    trial.started(0)
    trial.accepted(0)
    expect(trial.finding(1000)).toBeNull()
  })

  it('does not count what was started before it', () => {
    const trial = createTrial()
    trial.accepted(0)
    trial.refused(0, 50, 1)
    trial.started(100)
    trial.accepted(0)
    trial.refused(0, 150, 1)
    expect(trial.finding(2000)).toBeNull()
  })

  it('never finds a pace above the one that was kept', () => {
    const trial = createTrial()
    for (let no = 0; no < 10; no++) {
      trial.started(0)
      trial.accepted(0)
    }
    trial.refused(0, 20, 0.2)
    expect(trial.finding(1000)?.high).toBe(0.2)
  })

  it('remembers the last thousand requests only', () => {
    const trial = createTrial()
    for (let at = 0; at < 5000; at++) {
      trial.started(at)
      trial.accepted(at)
    }
    trial.refused(4999, 5000, 10)
    const found = trial.finding(6000)
    expect([found?.starts.length, found?.span]).toEqual([1000, 1000])
  })
})
