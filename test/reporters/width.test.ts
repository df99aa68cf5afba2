import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { pad, shorten, shortenMiddle, widthOf, wrap } from '../../src/reporters/text/width.ts'

describe('width', () => {
  it('counts terminal columns, not characters', () => {
    expect(['LAMP-1', '椅子', '🛋️', 'café', ''].map(widthOf)).toEqual([6, 4, 2, 4, 0])
  })

  it('counts the columns of a long text as those of its characters', () => {
    const characters = fc.constantFrom('a', 'ü', 'e\u0301', '椅', '🛋️', '👩‍👩‍👧‍👦', '🇩🇪')
    fc.assert(
      fc.property(fc.array(characters, { minLength: 100, maxLength: 500 }), all => {
        // Two flags in a row are read as they stand; a mark would join what is before it.
        const words = all.map(each => `${each} `)
        const text = words.join('')
        expect(widthOf(text)).toBe(words.reduce((sum, word) => sum + widthOf(word), 0))
        expect(text.startsWith(shorten(text, 150, ''))).toBe(true)
        expect(widthOf(shorten(text, 150, ''))).toBeGreaterThanOrEqual(149)
      }),
      { numRuns: 20, endOnFailure: true },
    )
  })

  it('takes a text of any length', () => {
    for (const [character, times] of [
      ['ü', 200_000],
      ['🛋️', 10_000],
      ['椅', 10_000],
    ] as const) {
      const text = character.repeat(times)
      expect(widthOf(text)).toBe(times * widthOf(character))
      expect(widthOf(shorten(text, 40, '…'))).toBeGreaterThanOrEqual(39)
      expect(widthOf(shortenMiddle(text, 40, '…'))).toBeGreaterThanOrEqual(38)
    }
  })

  it('pads to columns', () => {
    expect([pad('椅子', 6), pad('LAMP', 6), pad('LAMP-12', 6)]).toEqual(['椅子  ', 'LAMP  ', 'LAMP-12'])
  })

  it('shortens without splitting a character', () => {
    expect([shorten('椅子机', 4, '…'), shorten('👩‍👩‍👧x👩‍👩‍👧', 4, '…'), shorten('LAMP', 4, '…')]).toEqual([
      '椅…',
      '👩‍👩‍👧x…',
      'LAMP',
    ])
  })

  it('shortens addresses in their middle, where they say least', () => {
    expect([
      shortenMiddle('https://img.example/lamps/front.jpg', 21, '…'),
      shortenMiddle('椅子/椅子/椅子', 9, '…'),
    ]).toEqual(['https://im…/front.jpg', '椅子…椅子'])
  })

  it('never exceeds the columns given', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 3, max: 40 }), (text, width) => {
        expect(widthOf(shorten(text, width, '...'))).toBeLessThanOrEqual(width)
        expect(widthOf(shortenMiddle(text, width, '...'))).toBeLessThanOrEqual(width)
      }),
    )
  })

  it('wraps between words, and gives a long word a line of its own', () => {
    expect(wrap('Name its base with --image-base-url, please.', 14)).toEqual([
      'Name its base',
      'with',
      '--image-base-url,',
      'please.',
    ])
  })

  it('gives the first line a width of its own', () => {
    expect(wrap('Name its base with --image-base-url, please.', 25, 14)).toEqual([
      'Name its base with',
      '--image-base-url,',
      'please.',
    ])
  })

  it('wraps to the columns given, and loses nothing', () => {
    const words = fc.array(fc.stringMatching(/^[a-z椅]{1,5}$/), { minLength: 1 }).map(each => each.join(' '))
    fc.assert(
      fc.property(words, fc.integer({ min: 10, max: 40 }), (text, width) => {
        const lines = wrap(text, width)
        expect(lines.join(' ')).toBe(text)
        expect(lines.filter(line => widthOf(line) > width)).toEqual([])
      }),
    )
  })
})
