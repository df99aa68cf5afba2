import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { quotaReset } from '../../src/transport/rate-limit.ts'

describe('the end of a quota that is used up', () => {
  it.each<[string, Record<string, string>, number]>([
    ['seconds', { 'ratelimit-reset': '30' }, 30_000],
    ['seconds, with what is left', { 'ratelimit-remaining': '0', 'ratelimit-reset': '7' }, 7000],
    ['one field', { ratelimit: 'limit=100, remaining=0, reset=50' }, 50_000],
    ['one field, in another order', { ratelimit: 'reset=50,limit=100 , remaining=0' }, 50_000],
    ['a policy', { ratelimit: '"default";r=0;t=12' }, 12_000],
    ['a policy and its partition', { ratelimit: '"per, hour";r=0;pk=:c2hvcA==:;t=12' }, 12_000],
    [
      'several policies: the longest that is used up',
      { ratelimit: '"s";r=0;t=2, "h";r=0;t=90, "d";r=5;t=80000' },
      90_000,
    ],
  ])('is read from %s', (_, headers, ms) => {
    expect(quotaReset(headers)).toBe(ms)
  })

  it.each<[string, Record<string, string>]>([
    ['nothing is said', {}],
    ['something is left', { 'ratelimit-remaining': '3', 'ratelimit-reset': '30' }],
    ['something is left of every policy', { ratelimit: '"default";r=50;t=30' }],
    ['something is left, in one field', { ratelimit: 'limit=100, remaining=1, reset=50' }],
    ['it is a date', { 'ratelimit-reset': 'Sun, 06 Nov 1994 08:49:37 GMT' }],
    ['it is a moment since 1970', { 'ratelimit-reset': '1767225600' }],
    ['it is a fraction', { 'ratelimit-reset': '1.5' }],
    ['it is negative', { 'ratelimit-reset': '-1' }],
    ['it came twice', { 'ratelimit-reset': '5, 10' }],
    ['it is over', { 'ratelimit-reset': '0' }],
    ['it is text', { ratelimit: 'later' }],
    ['its seconds are text', { ratelimit: '"default";r=0;t=soon' }],
    ['it is of another kind, whose unit nobody agrees on', { 'x-ratelimit-reset': '30' }],
  ])('is null when %s', (_, headers) => {
    expect(quotaReset(headers)).toBeNull()
  })

  it('is null or a finite time, whatever a server sends', () => {
    const part = fc.constantFrom('"a"', ';', 'r=0', 't=9', 'reset=', ',', '=', '"', ' ', '9', ':', '\\')
    fc.assert(
      fc.property(fc.array(part, { maxLength: 30 }), parts => {
        const ms = quotaReset({ ratelimit: parts.join('') })
        expect(ms === null || (Number.isFinite(ms) && ms > 0)).toBe(true)
      }),
    )
  })

  it('is quick with headers made to be slow', () => {
    const before = performance.now()
    for (const text of ['"'.repeat(16_000), ';t=1'.repeat(4000), ' '.repeat(16_000), '"a,'.repeat(5000)])
      quotaReset({ ratelimit: text })
    expect(performance.now() - before).toBeLessThan(500)
  })
})
