import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { pad, shorten, widthOf } from '../../src/reporters/width.ts'

describe('width', () => {
  it('counts terminal columns, not characters', () => {
    expect(['LAMP-1', '椅子', '🛋️', 'café', ''].map(widthOf)).toEqual([6, 4, 2, 4, 0])
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

  it('never exceeds the columns given', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 3, max: 40 }), (text, width) => {
        expect(widthOf(shorten(text, width, '...'))).toBeLessThanOrEqual(width)
      }),
    )
  })
})
