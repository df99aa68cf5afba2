import { describe, expect, it } from 'vitest'
import { chunks } from '../../src/lib/chunks.ts'

describe('chunks', () => {
  it('hold all values in their order, and none is empty', () => {
    expect([...chunks([1, 2, 3, 4, 5], 2)]).toEqual([[1, 2], [3, 4], [5]])
    expect([...chunks(new Set('abcd'), 2)]).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ])
    expect([...chunks([], 2)]).toEqual([])
  })

  it('take no more values than they hold before they are asked for', () => {
    const taken: number[] = []
    const values = (function* () {
      for (let value = 1; ; value++) {
        taken.push(value)
        yield value
      }
    })()
    expect(chunks(values, 3).next().value).toEqual([1, 2, 3])
    expect(taken).toEqual([1, 2, 3])
  })
})
