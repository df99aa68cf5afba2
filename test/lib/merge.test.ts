import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mergeSorted } from '../../src/lib/merge.ts'

describe('merging of sorted sources', () => {
  it('gives one sorted sequence; ties keep the order of the sources', () => {
    const sources = [[1, 4, 4], [0, 1, 9], [], [4]].map((numbers, source) =>
      numbers.map(number => ({ number, source })).values(),
    )
    expect([...mergeSorted(sources, value => value.number)].map(({ number, source }) => `${number}/${source}`)).toEqual(
      ['0/1', '1/0', '1/1', '4/0', '4/0', '4/3', '9/1'],
    )
  })

  it('gives nothing for no source', () => {
    expect([...mergeSorted([], Number)]).toEqual([])
  })

  it('loses and adds nothing', () => {
    fc.assert(
      fc.property(fc.array(fc.array(fc.integer())), drawn => {
        const sorted = drawn.map(numbers => numbers.toSorted((a, b) => a - b))
        const merged = [
          ...mergeSorted(
            sorted.map(numbers => numbers.values()),
            Number,
          ),
        ]
        expect(merged).toEqual(drawn.flat().sort((a, b) => a - b))
      }),
    )
  })

  it('takes a value from a source only when its turn has come', () => {
    const taken: number[] = []
    function* source() {
      for (const number of [1, 2, 3]) {
        taken.push(number)
        yield number
      }
    }
    const merged = mergeSorted([source()], Number)
    merged.next()
    expect(taken).toEqual([1])
  })
})
