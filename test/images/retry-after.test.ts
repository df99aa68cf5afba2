import { describe, expect, it } from 'vitest'
import { retryAfter } from '../../src/images/retry-after.ts'

const NOON = Date.UTC(2026, 0, 1, 12)

describe('Retry-After of an image', () => {
  it.each([
    ['0', 0],
    ['30', 30_000],
    [' 5 ', 5000],
    ['Thu, 01 Jan 2026 12:00:20 GMT', 20_000],
  ])('%j is %i ms', (header, ms) => {
    expect(retryAfter(header, NOON)).toBe(ms)
  })

  it.each([
    undefined,
    '',
    '-1',
    '1.5',
    '0x10',
    '1e3',
    'soon',
    '99999999999000',
    ['5', '10'],
    'Thu, 01 Jan 2026 11:59:59 GMT',
    'Thu, 99 Jan 2026 12:00:20 GMT',
    '2026-01-01T12:00:20Z',
  ])('%j says nothing', header => {
    expect(retryAfter(header, NOON)).toBeNull()
  })
})
