import { describe, expect, it } from 'vitest'
import { groupReader } from '../../src/catalog/group-reader.ts'

/** The groups of records with these texts in the column that tells them. */
function groups(facts: { fillDown: boolean; starts?: string }, ...texts: string[]): string[] {
  return texts.map(groupReader('lamps.csv', facts))
}

describe('group of a record', () => {
  it('is the text that names it', () => {
    expect(groups({ fillDown: false }, 'lamp', 'lamp', 'Lamp', 'sofa', 'lamp')).toEqual([
      'lamp',
      'lamp',
      'Lamp',
      'sofa',
      'lamp',
    ])
  })

  it('is none where the text is blank', () => {
    expect(groups({ fillDown: false }, '', 'lamp', '', 'sofa')).toEqual(['', 'lamp', '', 'sofa'])
  })

  it('goes on where the text is blank, if the platform writes it so', () => {
    expect(groups({ fillDown: true }, '', 'lamp', '', '', 'sofa', '')).toEqual([
      '',
      'lamp',
      'lamp',
      'lamp',
      'sofa',
      'sofa',
    ])
  })

  it('begins at a certain word, in any capitals, and with the first record', () => {
    const kinds = ['SKU', 'Product', 'SKU', '', 'product', 'Rule']
    const numbers = [1, 2, 2, 2, 3, 3].map(number => `product ${number} of lamps.csv`)
    expect(groups({ fillDown: true, starts: 'Product' }, ...kinds)).toEqual(numbers)
  })
})
