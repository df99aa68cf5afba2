import { describe, expect, it } from 'vitest'
import { RecordList } from '../../src/lib/record-list.ts'

const BEYOND_A_BLOCK = 70_000

describe('record list', () => {
  it('remembers a record of which everything is known', () => {
    const list = new RecordList()
    list.note(0, 11, 1)
    list.note(BEYOND_A_BLOCK, 12, 2)
    list.complete(BEYOND_A_BLOCK, 3)
    expect([list.digest(0), list.images(0)]).toEqual([0, 0])
    expect([list.digest(BEYOND_A_BLOCK), list.code(BEYOND_A_BLOCK), list.images(BEYOND_A_BLOCK)]).toEqual([12, 2, 3])
    expect(list.size).toBe(BEYOND_A_BLOCK + 1)
  })

  it('knows nothing of places that were never noted', () => {
    const list = new RecordList()
    list.complete(5, 2)
    list.forget(7)
    expect([list.size, list.digest(5), list.digest(7), list.images(5), list.code(5)]).toEqual([0, 0, 0, 0, 0])
  })

  it('forgets', () => {
    const list = new RecordList()
    list.note(0, 11, 1)
    list.complete(0, 2)
    list.forget(0)
    expect([list.digest(0), list.images(0)]).toEqual([0, 0])
  })

  it('is made again from its blocks, which are no longer than it is', () => {
    const list = new RecordList()
    for (const at of [3, BEYOND_A_BLOCK]) {
      list.note(at, at + 1, at + 2)
      list.complete(at, 4)
    }
    expect(list.blocks.map(({ digests, codes, images }) => [digests.length, codes.length, images.length])).toEqual([
      [65_536, 65_536, 65_536],
      [4465, 4465, 4465],
    ])
    const again = new RecordList(list.blocks)
    expect(again.size).toBe(list.size)
    expect([again.digest(3), again.digest(4), again.images(BEYOND_A_BLOCK)]).toEqual([4, 0, 4])
  })
})
