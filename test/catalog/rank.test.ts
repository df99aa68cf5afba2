import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type PositionedImage, rank } from '../../src/catalog/rank.ts'

/** `'b@2 a@1 c'`: image b at position 2, a at 1, c without; a new record each, unless it is joined by "+". */
function images(text: string): PositionedImage[] {
  return text.split(' ').flatMap((words, record) =>
    words.split('+').map(word => {
      const [url = '', position] = word.split('@')
      return { url, position: position === undefined ? null : Number(position), record }
    }),
  )
}

describe('ranking', () => {
  it.each([
    ['keeps the order of the feed', 'c a b', 'c a b'],
    ['goes by position, from 1', 'c@3 a@1 b@2', 'a b c'],
    ['goes by position, from 0', 'c@2 a@0 b@1', 'a b c'],
    ['closes gaps', 'c@70 a@5 b@6.5', 'a b c'],
    ['puts 10 after 9', 'b@10 a@9', 'a b'],
    ['puts images without a position after the others, in the order of the feed', 'x b@2 y a@1', 'a b x y'],
    ['keeps the order of the feed at one position', 'b@1 a@1 c@0', 'c b a'],
    ['keeps the images of one record together', 'c@2+d@2 a@1+b@1', 'a b c d'],
  ])('%s', (_, given, expected) => {
    expect(rank(images(given)).gallery.join(' ')).toBe(expected)
  })

  it('keeps the first place of a URL that repeats and says which ones did', () => {
    expect(rank(images('a b a c b a'))).toEqual({
      gallery: ['a', 'b', 'c'],
      duplicates: ['a', 'b', 'a'],
      conflict: null,
    })
    expect(rank(images('a@3 b@1 a@2'))).toEqual({ gallery: ['b', 'a'], duplicates: ['a'], conflict: null })
  })

  it.each([
    ['two records at one position', 'a@1 b@2 c@2', 2],
    ['the first of several', 'a@7 b@7 c@2 d@2', 2],
    ['a record between them', 'a@1 x b@1', 1],
    ['a duplicate between them', 'a@1 a@1 b@1', 1],
    ['images of one record', 'a@1+b@1 c@2', null],
    ['the same URL twice', 'a@1 a@1 b@2', null],
    ['no positions at all', 'a b', null],
  ])('sees a conflict: %s', (_, given, expected) => {
    expect(rank(images(given)).conflict).toBe(expected)
  })

  it('of no images is an empty gallery', () => {
    expect(rank([])).toEqual({ gallery: [], duplicates: [], conflict: null })
  })

  it('loses no URL, doubles none, and gives the same for every order of records with different positions', () => {
    const positioned = fc
      .uniqueArray(fc.nat(50), { minLength: 1 })
      .chain(positions =>
        fc.tuple(
          fc.constant(positions.toSorted((a, b) => a - b)),
          fc.shuffledSubarray(positions, { minLength: positions.length }),
        ),
      )
    fc.assert(
      fc.property(positioned, ([sorted, shuffled]) => {
        const given = shuffled.map((position, record) => ({ url: `u${position}`, position, record }))
        expect(rank(given)).toEqual({ gallery: sorted.map(at => `u${at}`), duplicates: [], conflict: null })
      }),
    )
  })
})
