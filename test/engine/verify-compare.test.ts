import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareSights, unseen } from '../../src/engine/verify-compare.ts'
import type { SoughtProduct } from '../../src/engine/verify-sought.ts'
import type { Finding } from '../../src/model/verification.ts'
import type { Sight } from '../../src/targets/target.ts'
import { aHeld, aProduct } from '../helpers/items.ts'

/** A product whose items are images, or one item with all of them. */
function aSought(
  gallery: readonly string[],
  facts: { recorded?: readonly string[]; isShared?: boolean } = {},
): SoughtProduct {
  const { recorded, isShared = false } = facts
  const product = aProduct({ code: 'LAMP', gallery })
  const keyOf = (at: number) => (isShared ? 'LAMP' : `LAMP_${at + 1}`)
  const items = gallery.map((url, at) => ({
    item: { key: keyOf(at), code: 'LAMP', gallery: [url], values: {} },
    held: aHeld({ key: keyOf(at), code: 'LAMP', gallery: recorded?.slice(at, at + 1) ?? [] }),
  }))
  const expected = gallery.map((url, at) => ({
    key: keyOf(at),
    rank: at + 1,
    url,
    recorded: recorded?.[at] ?? null,
    isUnsent: false,
    isShared,
    repair: 'push-full' as const,
  }))
  return { sought: { product, items }, expected }
}

/** Images at ranks, as `url@rank`; `?@rank` where the target does not tell the address, and no rank where it has none. */
function images(...texts: readonly string[]): Sight[] {
  return texts.map(text => {
    const [url = '', rank] = text.split('@')
    const key = rank === undefined ? null : `LAMP_${rank}`
    return {
      kind: 'image',
      key,
      rank: rank === undefined ? null : Number(rank),
      url: url === '?' ? null : url,
      name: `asset ${rank}`,
      note: url === '?' ? 'not told' : null,
    }
  })
}

const told = ({ status, rank, foundRank, expected, found }: Finding) =>
  [status, expected ?? '-', rank ?? '-', found ?? '-', foundRank ?? '-'].join(' ')
const compare = (sought: SoughtProduct, sights: readonly Sight[]) => compareSights('dam', sought, sights).map(told)

describe('comparing what was seen with the gallery', () => {
  it('finds images at their ranks the same', () => {
    expect(compare(aSought(['a', 'b']), images('a@1', 'b@2'))).toEqual(['same a 1 a 1', 'same b 2 b 2'])
  })

  it('tells another order from other images', () => {
    expect(compare(aSought(['a', 'b', 'c']), images('b@1', 'a@2', 'x@3'))).toEqual([
      'moved a 1 a 2',
      'moved b 2 b 1',
      'differs c 3 x 3',
    ])
  })

  it('tells an image that was put in front from the ones that gave way', () => {
    expect(compare(aSought(['a', 'b']), images('x@1', 'a@2', 'b@3'))).toEqual([
      'moved a 1 a 2',
      'moved b 2 b 3',
      'extra - - x 1',
    ])
  })

  it('finds what nothing stands for missing, whatever else is said of its item', () => {
    const sights: Sight[] = [
      { kind: 'absent', key: 'LAMP_2', reason: 'in-trash', message: 'It is in the trash bin.' },
      { kind: 'hidden', key: 'LAMP_3', reason: 'id-unknown', message: 'Nobody knows its id.' },
      { kind: 'other', key: 'LAMP_4', name: 'x.jpg', message: 'Another file.' },
    ]
    const findings = compareSights('dam', aSought(['a', 'b', 'c', 'd']), sights)
    expect(findings.map(({ status, reason, found, repair }) => [status, reason, found, repair])).toEqual([
      ['missing', null, null, 'push-full'],
      ['missing', 'in-trash', null, 'push-full'],
      ['unreadable', 'id-unknown', null, null],
      ['differs', null, 'x.jpg', 'push-full'],
    ])
  })

  it('knows that a push brings what was never sent, where only an id could be asked for', () => {
    const lamp = aSought(['a'])
    const unsent = {
      ...lamp,
      expected: lamp.expected.map(each => ({ ...each, isUnsent: true, repair: 'push' as const })),
    }
    const hidden = { kind: 'hidden', key: 'LAMP_1', reason: 'id-unknown', message: 'Nobody knows its id.' } as const
    const [finding] = compareSights('dam', unsent, [hidden])
    expect([finding?.status, finding?.reason, finding?.repair, finding?.message]).toEqual([
      'unreadable',
      'never-sent',
      'push',
      'It was never sent successfully, as far as the ledger knows, and the target cannot be searched for it.',
    ])
  })

  it('knows no order where the target has none', () => {
    expect(compare(aSought(['a', 'b']), images('b', 'a', 'x'))).toEqual([
      'same a 1 a -',
      'same b 2 b -',
      'extra - - x -',
    ])
  })

  it('tells an image that is there twice', () => {
    const findings = compareSights('dam', aSought(['a']), images('a@1', 'a@2'))
    expect(findings.map(({ status, reason, foundRank }) => [status, reason, foundRank])).toEqual([
      ['same', null, 1],
      ['extra', 'duplicate', 2],
    ])
  })

  describe('where the target does not tell addresses', () => {
    it('compares ranks, and says what it could not compare', () => {
      const findings = compareSights('dam', aSought(['a', 'b']), images('?@1', '?@2', '?@3'))
      expect(findings.map(({ status, rank, foundRank, message }) => [status, rank, foundRank, message])).toEqual([
        ['same', 1, 1, 'not told'],
        ['same', 2, 2, 'not told'],
        ['extra', null, 3, 'not told'],
      ])
    })

    it('takes the ledger at its word for what was sent last', () => {
      const sought = aSought(['new', 'b'], { recorded: ['old', 'b'] })
      expect(compare(sought, images('?@1', '?@2'))).toEqual(['differs new 1 old 1', 'same b 2 asset 2 2'])
    })

    it('does not take one image of an item for another', () => {
      const sights = images('?@2').map(sight => ({ ...sight, key: 'LAMP' }))
      expect(compare(aSought(['a', 'b'], { isShared: true }), sights)).toEqual([
        'missing a 1 - -',
        'same b 2 asset 2 2',
      ])
    })
  })

  it('loses nothing and counts nothing twice, whatever is seen', () => {
    const names = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { maxLength: 5 })
    const seen = fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c', 'x', '?'), fc.nat({ max: 6 })), { maxLength: 8 })
    fc.assert(
      fc.property(names, seen, fc.boolean(), (gallery, pairs, ranked) => {
        const sights = images(...pairs.map(([url, rank]) => (ranked ? `${url}@${rank + 1}` : url)))
        const findings = compareSights('dam', aSought(gallery), sights)
        const isThere = ({ status }: Finding) => status !== 'missing'
        expect(findings.slice(0, gallery.length).map(({ expected }) => expected)).toEqual(gallery)
        expect(findings.slice(gallery.length).every(({ status }) => status === 'extra')).toBe(true)
        expect(findings.filter(isThere)).toHaveLength(sights.length)
      }),
    )
  })

  it('finds every image unreadable when nothing was seen', () => {
    const findings = unseen('dam', aSought(['a', 'b']), 'unreachable', 'No answer.')
    expect(
      findings.map(({ status, rank, reason, message, repair }) => [status, rank, reason, message, repair]),
    ).toEqual([
      ['unreadable', 1, 'unreachable', 'No answer.', null],
      ['unreadable', 2, 'unreachable', 'No answer.', null],
    ])
  })
})
