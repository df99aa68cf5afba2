import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { retryAfter } from '../../src/lib/retry-after.ts'

/** 1994-11-06T08:49:37Z, the moment of the examples in RFC 9110. */
const NOW = Date.UTC(1994, 10, 6, 8, 49, 37)

describe('retry-after', () => {
  it('is null without the header', () => {
    expect(retryAfter({}, NOW)).toBeNull()
  })

  it.each([
    ['120', 120_000],
    [' 7 ', 7000],
    ['0', 0],
    ['007', 7000],
    ['999999999', 999_999_999_000],
  ])('reads %j as seconds', (value, expected) => {
    expect(retryAfter({ 'retry-after': value }, NOW)).toBe(expected)
  })

  it.each([
    ['IMF-fixdate', 'Sun, 06 Nov 1994 08:50:37 GMT'],
    ['RFC 850', 'Sunday, 06-Nov-94 08:50:37 GMT'],
    ['asctime', 'Sun Nov  6 08:50:37 1994'],
  ])('reads a date in the form of %s', (_, value) => {
    expect(retryAfter({ 'retry-after': value }, NOW)).toBe(60_000)
  })

  it('compares a date with the Date header of the answer, so that a wrong local clock does no harm', () => {
    const headers = { date: 'Sun, 06 Nov 1994 08:49:37 GMT', 'retry-after': 'Sun, 06 Nov 1994 08:50:07 GMT' }
    expect([-86_400_000, 0, 86_400_000].map(wrong => retryAfter(headers, NOW + wrong))).toEqual([
      30_000, 30_000, 30_000,
    ])
  })

  it('takes the local clock when the Date header is missing or none', () => {
    const headers = { date: 'yesterday', 'retry-after': 'Sun, 06 Nov 1994 08:50:07 GMT' }
    expect(retryAfter(headers, NOW)).toBe(30_000)
  })

  it('is null for a date that has passed', () => {
    expect(retryAfter({ 'retry-after': 'Sun, 06 Nov 1994 08:49:37 GMT' }, NOW)).toBeNull()
  })

  it('reads the year 9999 as the very long wait that it is', () => {
    const wait = retryAfter({ 'retry-after': 'Fri, 31 Dec 9999 23:59:59 GMT' }, NOW)
    expect(wait).toBe(Date.UTC(9999, 11, 31, 23, 59, 59) - NOW)
  })

  it.each([
    ['a negative number', '-1'],
    ['more seconds than nine digits', '9999999999'],
    ['an absurd number', '1e11'],
    ['a fraction', '1.5'],
    ['hexadecimal', '0x10'],
    ['two headers joined', '5, 10'],
    ['two headers', ['5', '10']],
    ['nothing', ''],
    ['words', 'later'],
    ['a unit', '5s'],
    ['full-width digits', '５'],
    ['an ISO date', '1994-11-06T08:50:37Z'],
    ['a date of another zone', 'Sun, 06 Nov 1994 08:50:37 +0100'],
    ['a date with a month that does not exist', 'Sun, 06 Nox 1994 08:50:37 GMT'],
    ['a date with an hour that does not exist', 'Sun, 06 Nov 1994 25:50:37 GMT'],
    ['a date with words behind it', 'Sun, 06 Nov 1994 08:50:37 GMT or so'],
  ])('is null for %s', (_, value) => {
    expect(retryAfter({ 'retry-after': value }, NOW)).toBeNull()
  })

  it('never gives anything but null or a finite number from 0 on, whatever a server sends', () => {
    fc.assert(
      fc.property(fc.string(), fc.option(fc.string(), { nil: undefined }), (value, date) => {
        const headers = date === undefined ? { 'retry-after': value } : { 'retry-after': value, date }
        const wait = retryAfter(headers, NOW)
        expect(wait === null || (Number.isFinite(wait) && wait >= 0)).toBe(true)
      }),
    )
  })
})
