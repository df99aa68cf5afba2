import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { systemClock } from '../../src/lib/clock.ts'

const LONGEST_TIMER = 2 ** 31 - 1

describe('system clock', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('sleeps as long as it was told', async () => {
    let isAwake = false
    systemClock.sleep(1000).then(() => {
      isAwake = true
    })
    await vi.advanceTimersByTimeAsync(999)
    expect(isAwake).toBe(false)
    await vi.advanceTimersByTimeAsync(1)
    expect(isAwake).toBe(true)
  })

  it('wakes up when the signal aborts, at once when it already has, and leaves no timer', async () => {
    const controller = new AbortController()
    const sleep = systemClock.sleep(60_000, controller.signal)
    controller.abort()
    await sleep
    await systemClock.sleep(60_000, controller.signal)
    expect(vi.getTimerCount()).toBe(0)
  })

  it('calls after the time, unless it was cancelled', async () => {
    const called: string[] = []
    systemClock.after(10, () => called.push('first'))
    systemClock.after(10, () => called.push('cancelled'))()
    systemClock.after(-5, () => called.push('at once'))
    await vi.advanceTimersByTimeAsync(0)
    expect(called).toEqual(['at once'])
    await vi.advanceTimersByTimeAsync(10)
    expect(called).toEqual(['at once', 'first'])
  })

  it('does not fire at once when the wait is longer than a timer can hold', async () => {
    let isOver = false
    systemClock.after(99_999_999_999_000, () => {
      isOver = true
    })
    await vi.advanceTimersByTimeAsync(LONGEST_TIMER - 1)
    expect(isOver).toBe(false)
  })

  it('tells the time of day, and a time that only goes forward', () => {
    vi.setSystemTime(Date.UTC(2026, 0, 2))
    expect(systemClock.wall()).toBe(Date.UTC(2026, 0, 2))
    const before = systemClock.now()
    vi.advanceTimersByTime(5)
    vi.setSystemTime(0)
    expect(systemClock.now()).toBeGreaterThanOrEqual(before)
  })
})
