import { describe, expect, it } from 'vitest'
import type { Looked } from '../../src/engine/verify.ts'
import { compared, countEverywhere, differenceOf, isSameEverywhere } from '../../src/engine/verify-everywhere.ts'
import type { Condition, Finding } from '../../src/model/verification.ts'

function aFinding(facts: Partial<Finding> = {}): Finding {
  return {
    target: 'dam',
    code: 'LAMP',
    key: 'LAMP_1',
    status: 'same',
    rank: 1,
    foundRank: 1,
    expected: 'a',
    found: 'a',
    repair: null,
    reason: null,
    message: null,
    source: 'lamps.csv:2',
    ...facts,
  }
}

const looked = (seq: number, ...findings: readonly Partial<Finding>[]): Looked => ({
  seq,
  findings: findings.map(aFinding),
})
const same = (...targets: readonly (readonly Looked[])[]) =>
  [...compared(targets.map((each, at) => ({ name: `target-${at}`, looked: each })))].map(isSameEverywhere)

describe('is this gallery the same everywhere?', () => {
  const whole = looked(0, {})
  const without = looked(0, { status: 'missing', found: null, foundRank: null })
  const other = looked(0, { status: 'differs', found: 'https://cdn.example.com/x.jpg' })

  it('is where all targets are as the feed says', () => {
    expect(same([whole], [whole], [whole])).toEqual([true])
  })

  it('is where all targets differ from the feed in the same way', () => {
    expect([same([without], [without]), same([other], [other])]).toEqual([[true], [true]])
  })

  it('is not where one lacks, replaces or has more than another', () => {
    const more = looked(
      0,
      {},
      { status: 'extra', key: null, rank: null, expected: null, found: 'https://cdn.example.com/x.jpg', foundRank: 2 },
    )
    expect([same([whole], [without]), same([whole], [other]), same([without], [other]), same([whole], [more])]).toEqual(
      [[false], [false], [false], [false]],
    )
  })

  it('is not where the order differs, among those that know one', () => {
    const moved = looked(0, { status: 'moved', foundRank: 2 })
    const unordered = looked(0, { foundRank: null })
    expect([same([whole], [moved]), same([moved], [moved]), same([moved], [unordered])]).toEqual([
      [false],
      [true],
      [true],
    ])
  })

  it('is where an image was replaced in different ways of telling it', () => {
    const replaced = looked(0, without.findings[0] ?? {}, {
      status: 'extra',
      key: null,
      rank: null,
      expected: null,
      foundRank: null,
      found: 'https://cdn.example.com/x.jpg',
    })
    const untold = looked(0, { status: 'differs', foundRank: null, found: 'x.jpg' })
    const another = looked(0, { status: 'differs', found: 'https://cdn.example.com/y.jpg' })
    expect([same([other], [replaced]), same([other], [untold]), same([other], [another])]).toEqual([
      [true],
      [true],
      [false],
    ])
  })

  it('takes images that were swapped together for nothing else than their order', () => {
    const unordered = looked(0, { foundRank: null }, { expected: 'b', found: 'b', rank: 2, foundRank: null })
    const swapped = looked(
      0,
      { status: 'moved', foundRank: 2 },
      { status: 'moved', expected: 'b', found: 'b', rank: 2, foundRank: 1 },
    )
    expect(same([swapped], [unordered])).toEqual([true])
  })

  it('leaves out targets where something of the product could not be read, and products that are at one target only', () => {
    const unread = looked(0, { status: 'unreadable' })
    const only = looked(1, {})
    expect([same([whole], [unread]), same([whole, only], [whole])]).toEqual([[], [true]])
  })

  it('finds products by their place in the feed, whatever is missing in between', () => {
    const first = [looked(0, {}), looked(3, {}), looked(7, { status: 'missing' })]
    const second = [looked(1, {}), looked(3, {}), looked(7, {})]
    expect(same(first, second)).toEqual([true, false])
  })

  it('tells the difference in numbers', () => {
    const [difference] = [
      ...compared([
        { name: 'shop', looked: [whole] },
        { name: 'dam', looked: [without] },
      ]),
    ].map(differenceOf)
    const none: Record<Condition, number> = { same: 0, missing: 0, differs: 0, moved: 0, extra: 0, unreadable: 0 }
    expect(difference).toEqual({
      code: 'LAMP',
      source: 'lamps.csv:2',
      targets: [
        { name: 'shop', totals: { ...none, same: 1 } },
        { name: 'dam', totals: { ...none, missing: 1 } },
      ],
    })
  })
})

describe('how many galleries are the same everywhere', () => {
  const lamp = (seq: number, facts: Partial<Finding> = {}) => looked(seq, facts)
  const hidden = { status: 'unreadable' as const, found: null, foundRank: null }
  const counted = (...targets: readonly (readonly Looked[])[]) => {
    const names = ['shop', 'pim', 'dam']
    return countEverywhere(
      targets.map((each, at) => ({ name: names[at] ?? '', looked: each })),
      targets.length,
    )
  }

  it('is two numbers where all could be read at every target', () => {
    const missing = { status: 'missing' as const, found: null, foundRank: null }
    expect(counted([lamp(0), lamp(1)], [lamp(0), lamp(1, missing)])).toEqual({ compared: 2, different: 1 })
  })

  it('is counted by the targets at which they could be read where that is not all', () => {
    const all = [lamp(0), lamp(1), lamp(2), lamp(3)]
    const dam = [lamp(0), lamp(1, hidden), lamp(2, hidden)]
    const pim = [lamp(0), lamp(1), lamp(2), lamp(3, hidden)]
    expect(counted(all, pim, dam)).toEqual({
      compared: 3,
      different: 0,
      where: [
        { targets: ['shop', 'pim', 'dam'], galleries: 1, different: 0 },
        { targets: ['shop', 'pim'], galleries: 2, different: 0 },
        { targets: ['shop'], galleries: 1, different: 0 },
      ],
    })
  })
})
