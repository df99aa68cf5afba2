import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { KnownRecords } from '../../src/catalog/known.ts'
import { RecordList } from '../../src/lib/record-list.ts'

/** Records with these digests, each of a product with its own code and one image more than the one before. */
function listOf(digests: readonly number[]): RecordList {
  const list = new RecordList()
  for (const [at, digest] of digests.entries()) {
    list.note(at, digest, 1000 + at)
    list.complete(at, at + 1)
  }
  return list
}

/** Numbers from 1. */
const upTo = (count: number) => Array.from({ length: count }, (_, at) => at + 1)

/** Which of the records of now are known. */
function recognised(then: readonly number[], now: readonly number[]): number[] {
  const known = new KnownRecords(listOf(then), 'h')
  return now.filter(digest => known.recognise(digest) !== null)
}

describe('known records', () => {
  it('are those that are as they were, with their place of now', () => {
    const known = new KnownRecords(listOf([11, 12, 13]), 'h')
    expect([11, 99, 13].map(digest => known.recognise(digest))).toEqual([0, null, 2])
    expect(known.meet(0, { seq: 0, line: 2 })).toEqual({ code: 1000, images: 1 })
    expect(known.meet(2, { seq: 2, line: 5 })).toEqual({ code: 1002, images: 3 })
    expect([0, 1, 2, 3].map(then => known.placeNow(then))).toEqual([
      { seq: 0, line: 2 },
      null,
      { seq: 2, line: 5 },
      null,
    ])
    expect([known.count, known.images]).toEqual([2, 4])
  })

  it('mean nothing under another header', () => {
    const known = new KnownRecords(listOf([11]), 'h')
    expect([known.isFor('h'), known.isFor('i'), known.isFor(null)]).toEqual([true, false, false])
  })

  it('are not those that were not noted, or forgotten', () => {
    const list = listOf([11, 12])
    list.forget(0)
    const known = new KnownRecords(list, 'h')
    expect([11, 0, 12].map(digest => known.recognise(digest))).toEqual([null, null, 1])
  })

  it('are found again behind what is new, what has changed and what is gone', () => {
    const then = upTo(100)
    expect(recognised(then, [201, ...then])).toEqual(then)
    expect(recognised(then, then.with(50, 999))).toEqual(then.filter(digest => digest !== 51))
    expect(recognised(then, then.toSpliced(20, 60))).toEqual(then.toSpliced(20, 60))
  })

  it('are found again behind a hole of any size, after some that are not', () => {
    const then = upTo(20_000)
    const now = then.toSpliced(0, 10_000)
    expect(recognised(then, now).length).toBeGreaterThan(now.length * 0.6)
  })

  it('do not follow a record that has moved far', () => {
    const then = upTo(20_000)
    const now = [20_000, ...then.slice(0, -1)]
    expect(recognised(then, now)).toEqual(then.slice(0, -1))
  })

  it('can be looked for ahead, without being passed', () => {
    const known = new KnownRecords(listOf([11, 12]), 'h')
    expect([12, 11, 11].map(digest => known.find(digest))).toEqual([1, 0, 0])
    known.pass(0)
    expect([11, 12].map(digest => known.find(digest))).toEqual([null, 1])
  })

  it('are never told twice, nor out of their order', () => {
    const digests = fc.uniqueArray(fc.integer({ min: 1, max: 60 }), { maxLength: 40 })
    fc.assert(
      fc.property(digests, fc.array(fc.integer({ min: 0, max: 60 }), { maxLength: 60 }), (then, now) => {
        const found = recognised(then, now)
        const places = found.map(digest => then.indexOf(digest))
        expect(places).toEqual([...new Set(places)].sort((a, b) => a - b))
      }),
    )
  })

  it('have places that are known to the end, and the hashes of their codes until everything was read', () => {
    const known = new KnownRecords(listOf([11, 12]), 'h')
    known.meet(1, { seq: 0, line: 2 })
    expect(known.someCode(code => code === 1000)).toBe(false) // the first record is not there any more
    const again = new KnownRecords(listOf([11, 12]), 'h')
    again.meet(1, { seq: 0, line: 2 })
    expect(again.someCode(code => code === 1001)).toBe(true)
    again.release()
    expect(again.placeNow(1)).toEqual({ seq: 0, line: 2 })
    again.reject()
    expect([again.placeNow(1), again.count, again.images]).toEqual([null, 0, 0])
  })
})
