import { describe, expect, it } from 'vitest'
import { detectTable } from '../../../src/catalog/detect.ts'
import { findNames } from '../../../src/catalog/names.ts'
import { type Names, PRESETS } from '../../../src/catalog/presets/index.ts'
import { HEADERS, type HeaderSample } from './headers.ts'

/** What is made of a header, in the words of the file. */
function recognised(columns: readonly string[]): Omit<HeaderSample, 'what' | 'header' | 'also'> | null {
  const detected = detectTable(columns)
  if (detected === null) return null
  const { preset, form } = detected
  const { code, images, position = [], group, separator, imageBaseUrl } = form
  const found = (names: Names) => findNames(columns, names).map(({ name }) => name)
  const [ranked] = found(position)
  const [grouped] = found(group?.column ?? [])
  return {
    preset: preset.name,
    code: code.flatMap(names => found(names).slice(0, 1)),
    images: images.flatMap(found),
    ...(ranked === undefined ? {} : { position: ranked }),
    ...(separator === undefined ? {} : { separator }),
    ...(grouped === undefined ? {} : { group: grouped }),
    ...(imageBaseUrl === undefined ? {} : { imageBaseUrl }),
  }
}

describe.each(HEADERS)('$what', ({ what: _, header, also = [], ...expected }) => {
  const columns = header.split(';')

  it('is recognised, with everything that is needed', () => {
    expect(recognised(columns)).toEqual(expected)
  })

  it('is recognised whatever the order of its columns, and with more of them', () => {
    const reversed = ['Shelf No', ...columns.toReversed(), 'Warehouse']
    expect(recognised(reversed)?.preset).toBe(expected.preset)
  })

  it('is claimed by no other platform', () => {
    const claiming = PRESETS.filter(preset => detectTable(columns, [preset]) !== null).map(({ name }) => name)
    expect(claiming).toEqual([...also, expected.preset])
  })
})

describe('table of no platform', () => {
  it.each([
    'sku,image_1,image_2',
    'code;images',
    'id,title,price,image',
    'handle,title,images',
    'SKU,Type,Images',
    'title,image1,image2,materials,id',
    'sku,name,media',
    'reference,image,price',
  ])('is left to the usual names: %s', header => {
    expect(recognised(header.split(/[,;]/))).toBeNull()
  })
})
