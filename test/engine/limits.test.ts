import { describe, expect, it } from 'vitest'
import { createGuard, neededCreates, shrinkGuard } from '../../src/engine/guards.ts'
import { allowed, parseLimit } from '../../src/engine/limit.ts'
import { select } from '../../src/engine/select.ts'
import { aProduct, aRejection } from '../helpers/items.ts'

describe('limit', () => {
  it.each([
    ['25', { amount: 25, percent: false }],
    ['10%', { amount: 10, percent: true }],
    [' 0 ', { amount: 0, percent: false }],
    ['0%', { amount: 0, percent: true }],
  ])('reads %j', (text, limit) => {
    expect(parseLimit(text)).toEqual(limit)
  })

  it.each(['', '%', '-1', '1.5', '1e3', '0x10', '10 %', '10%%', 'ten', '9999999999'])('does not take %j', text => {
    expect(parseLimit(text)).toBeUndefined()
  })

  it('rounds a percentage up, so that a small plan may fail once', () => {
    const percent = (amount: number, total: number) => allowed({ amount, percent: true }, total)
    expect([
      percent(10, 95),
      percent(10, 100),
      percent(1, 3),
      percent(0, 100),
      percent(100, 7),
      percent(10, 0),
    ]).toEqual([10, 10, 1, 0, 7, 0])
    expect(allowed({ amount: 25, percent: false }, 3)).toBe(25)
  })
})

const aFeed = (products: number, openEnd: boolean | null = null) => ({ products, openEnd })

describe('shrink guard', () => {
  const guard = (now: number, last: number) => shrinkGuard(aFeed(now), aFeed(last))

  it('lets a first run and a growing feed pass', () => {
    expect([shrinkGuard(aFeed(0), null), guard(101, 100), guard(100, 100)]).toEqual([null, null, null])
  })

  it('lets 30 % go and holds everything back beyond', () => {
    expect([70, 69].map(products => guard(products, 100)?.exit)).toEqual([undefined, 8])
    expect([7, 6].map(products => guard(products, 10)?.exit)).toEqual([undefined, 8])
    expect([3, 2].map(products => guard(products, 3)?.exit)).toEqual([undefined, 8])
    expect(guard(0, 1)?.exit).toBe(8)
  })

  it('allows exactly 70 %, whatever the size', () => {
    const refused = Array.from({ length: 10_000 }, (_, at) => at + 1).filter(n => guard(7 * n, 10 * n) !== null)
    expect(refused).toEqual([])
  })

  it('says what happened and what to do', () => {
    expect(guard(12, 100)).toEqual({
      exit: 8,
      rest: 'skipped',
      reason: 'feed-shrunk',
      message:
        'The feed has 12 products, the last complete run of this source had 100. Nothing was sent. If that is right, push again with --allow-shrink.',
    })
  })

  it('holds everything back when a feed that used to end with a line end ends in the middle of a line', () => {
    expect(shrinkGuard(aFeed(97, true), aFeed(100, false))).toEqual({
      exit: 8,
      rest: 'skipped',
      reason: 'feed-cut',
      message:
        'The feed ends without a line end, which it had in the last complete run: it may have been cut off (97 products; the last complete run of this source had 100). Nothing was sent. If that is right, push again with --allow-shrink.',
    })
  })

  it.each([
    ['never had one', true, true],
    ['has one now', false, true],
    ['still has one', false, false],
    ['knows its own end', null, false],
    ['was in a format that knows its own end', true, null],
  ])('says nothing about the end of a feed that %s', (_, now, last) => {
    expect(shrinkGuard(aFeed(100, now), aFeed(100, last))).toBeNull()
  })
})

describe('create guard', () => {
  it('lets a plan within the limit pass, and everything when there is none', () => {
    expect([createGuard(5, 5), createGuard(0, 0), createGuard(1_000_000, null)]).toEqual([null, null, null])
  })

  it('holds everything back beyond it', () => {
    expect(createGuard(6, 5)).toEqual({
      exit: 8,
      rest: 'skipped',
      reason: 'max-create',
      message: 'The plan creates 6 items, --max-create allows 5. Nothing was sent.',
    })
  })

  it('tells from its words how many the plan needs, and nothing from those of others', () => {
    expect(neededCreates(createGuard(1_000_000, 5)?.message ?? null)).toBe(1_000_000)
    expect([null, '', 'The feed has 7 products.'].map(neededCreates)).toEqual([null, null, null])
  })
})

describe('selection', () => {
  const entries = [
    aRejection({ seq: 0 }),
    aProduct({ seq: 1, code: 'LAMP-1' }),
    aRejection({ seq: 2, code: 'LAMP-2' }),
    aProduct({ seq: 3, code: '007' }),
    aProduct({ seq: 4, code: '__proto__' }),
    aRejection({ seq: 5, code: 'LAMP-5' }),
  ]
  const chosen = (limit: number | null, ...only: string[]) =>
    [...select(entries, { limit, only })].map(({ seq }) => seq)

  it('is everything by default', () => {
    expect(chosen(null)).toEqual([0, 1, 2, 3, 4, 5])
  })

  it('of the first n products has the rejections among them and nothing after', () => {
    expect(chosen(0)).toEqual([0])
    expect(chosen(1)).toEqual([0, 1, 2])
    expect(chosen(3)).toEqual([0, 1, 2, 3, 4, 5])
  })

  it('of codes compares them as texts and leaves out records without one', () => {
    expect(chosen(null, '007', 'LAMP-2')).toEqual([2, 3])
    expect(chosen(null, '7')).toEqual([])
    expect(chosen(null, '__proto__')).toEqual([4])
  })

  it('can be both', () => {
    expect(chosen(1, '007', '__proto__')).toEqual([3])
  })
})
