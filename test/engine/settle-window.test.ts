import { describe, expect, it } from 'vitest'
import { isOpen, SETTLE_WINDOW_MS } from '../../src/engine/settle-window.ts'

const SENT = '2026-01-01T12:00:00.000Z'
const later = (ms: number) => Date.parse(SENT) + ms

describe('a request without an answer', () => {
  it.each([
    ['at once', 0, true],
    ['after 14 minutes', 14 * 60_000, true],
    ['after 15 minutes', SETTLE_WINDOW_MS, false],
    ['a day later', 86_400_000, false],
    ['while the clock is a little behind', -60_000, true],
    ['while the clock is a year behind', -365 * 86_400_000, false],
  ])('may still take effect %s: %j', (_, ms, expected) => {
    expect(isOpen(SENT, later(ms))).toBe(expected)
  })
})
