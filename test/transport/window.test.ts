import { describe, expect, it } from 'vitest'
import { createWindow } from '../../src/transport/window.ts'
import { ManualClock } from '../helpers/clock.ts'

describe('window', () => {
  it('is always free without a rate', () => {
    const window = createWindow(null, new ManualClock())
    for (let no = 0; no < 100; no++) window.started()
    expect(window.free()).toBe(Number.NEGATIVE_INFINITY)
  })

  it('is free at once until it is full, then when its oldest start has left it', async () => {
    const clock = new ManualClock()
    const window = createWindow({ count: 2, perMs: 1000 }, clock)
    window.started()
    await clock.advance(600)
    expect(window.free()).toBe(Number.NEGATIVE_INFINITY)
    window.started()
    expect(window.free()).toBe(1010)
    await clock.advance(410)
    window.started()
    expect(window.free()).toBe(1610)
  })

  it.each([
    [{ count: 1, perMs: 1000 }, 1010],
    [{ count: 1, perMs: 60_000 }, 60_250],
  ])('is a little wider than %j, because not every request takes equally long to arrive', (rate, width) => {
    const window = createWindow(rate, new ManualClock())
    window.started()
    expect(window.free()).toBe(width)
  })
})
