import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { changesIn, compareGalleries, tailAfter } from '../../src/engine/changes.ts'
import { aHeld, anItem, aStep } from '../helpers/items.ts'

const none = { added: [], removed: [], moved: [] }
const galleries = fc.uniqueArray(fc.constantFrom<string>('a', 'b', 'c', 'd', 'e', 'f', '__proto__'))

describe('changes of a gallery', () => {
  it('are all of it where the target holds nothing', () => {
    const step = aStep({ item: anItem({ gallery: ['https://a/1', 'https://a/2'] }), changes: null })
    expect(changesIn(step)).toEqual({
      added: [
        { rank: 1, url: 'https://a/1' },
        { rank: 2, url: 'https://a/2' },
      ],
      removed: [],
      moved: [],
      other: false,
    })
  })

  it('has everything added where nothing was', () => {
    const added = [
      { rank: 1, url: 'a' },
      { rank: 2, url: 'b' },
    ]
    expect(compareGalleries([], ['a', 'b'])).toEqual({ ...none, added, other: false })
  })

  it('says which image was added, removed and moved, with its rank', () => {
    expect(compareGalleries(['a', 'b', 'c'], ['c', 'b', 'd'])).toEqual({
      added: [{ rank: 3, url: 'd' }],
      removed: [{ rank: 1, url: 'a' }],
      moved: [{ url: 'c', from: 3, to: 1 }],
      other: false,
    })
  })

  it('shows a pure reorder as moves alone', () => {
    const moved = [
      { url: 'b', from: 2, to: 1 },
      { url: 'a', from: 1, to: 2 },
    ]
    expect(compareGalleries(['a', 'b'], ['b', 'a'])).toEqual({ ...none, moved, other: false })
  })

  it('says that something else differs when the galleries are equal', () => {
    expect(compareGalleries(['a', 'b'], ['a', 'b'])).toEqual({ ...none, other: true })
  })

  it('leads from what is held to what is wanted, whatever they are', () => {
    fc.assert(
      fc.property(galleries, galleries, (held, wanted) => {
        const { added, removed, moved } = compareGalleries(held, wanted)
        const ranks = new Map(held.map((url, at) => [url, at + 1]))
        for (const { url, rank } of removed) {
          expect(ranks.get(url)).toBe(rank)
          ranks.delete(url)
        }
        for (const { url, from, to } of moved) {
          expect(ranks.get(url)).toBe(from)
          ranks.set(url, to)
        }
        for (const { url, rank } of added) {
          expect(ranks.has(url)).toBe(false)
          ranks.set(url, rank)
        }
        expect(ranks).toEqual(new Map(wanted.map((url, at) => [url, at + 1])))
      }),
    )
  })
})

describe('tail that stays at the target', () => {
  it('is empty for a key that is not held, and after a gallery that did not get shorter', () => {
    expect(tailAfter(undefined, ['a'])).toEqual([])
    expect(tailAfter(aHeld({ gallery: ['a', 'b'] }), ['c', 'd'])).toEqual([])
  })

  it('has the ranks after the last one, with what was sent there', () => {
    const tail = [
      { rank: 2, url: 'b' },
      { rank: 3, url: 'c' },
    ]
    expect(tailAfter(aHeld({ gallery: ['a', 'b', 'c'] }), ['b'])).toEqual(tail)
  })

  it('keeps what an earlier gallery left behind', () => {
    const held = aHeld({ gallery: ['a', 'b'], tail: [{ rank: 3, url: 'c' }] })
    expect(tailAfter(held, ['a'])).toEqual([
      { rank: 2, url: 'b' },
      { rank: 3, url: 'c' },
    ])
  })

  it('loses the ranks that a longer gallery writes over', () => {
    const held = aHeld({
      gallery: ['a'],
      tail: [
        { rank: 2, url: 'b' },
        { rank: 3, url: 'c' },
      ],
    })
    expect(tailAfter(held, ['a', 'd'])).toEqual([{ rank: 3, url: 'c' }])
    expect(tailAfter(held, ['a', 'd', 'e'])).toEqual([])
  })

  it('is exactly what a target without removal holds beyond the gallery, whatever was sent before', () => {
    fc.assert(
      fc.property(fc.array(galleries, { minLength: 1, maxLength: 8 }), sent => {
        const shelf = new Map<number, string>()
        let held = aHeld({ gallery: [], tail: [] })
        for (const gallery of sent) {
          const tail = tailAfter(held, gallery)
          for (const [at, url] of gallery.entries()) shelf.set(at + 1, url)
          held = aHeld({ gallery, tail })
        }
        const beyond = [...shelf].filter(([rank]) => rank > held.gallery.length)
        expect(held.tail).toEqual(beyond.map(([rank, url]) => ({ rank, url })).toSorted((a, b) => a.rank - b.rank))
      }),
    )
  })
})
