import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Fragment } from '../../src/catalog/fragment.ts'
import { fromCells, toCells } from '../../src/catalog/fragment-cells.ts'

const text = fc.string({ unit: 'binary' })
const fragments: fc.Arbitrary<Fragment> = fc.record({
  seq: fc.nat(3),
  code: text,
  source: text,
  images: fc.array(fc.record({ url: text, position: fc.option(fc.nat()), record: fc.nat(3) })),
  fields: fc.dictionary(text, text),
  bad: fc.option(fc.record({ message: text, fix: text, source: text })),
  listed: fc.nat(),
  conflicts: fc.array(fc.record({ reason: fc.constant('gallery-conflict' as const), message: text, source: text })),
})

describe('fragments on disk', () => {
  it('come back as they were', () => {
    fc.assert(
      fc.property(fragments, fragment => {
        expect(fromCells(JSON.parse(JSON.stringify(toCells(fragment))))).toEqual(JSON.parse(JSON.stringify(fragment)))
      }),
    )
  })

  it('hold an image of the first record without a position as its URL alone', () => {
    const images = ['https://a.example/1.jpg', 'https://a.example/2.jpg'].map(url => ({
      url,
      position: null,
      record: 7,
    }))
    const fragment = { seq: 7, code: 'LAMP-1', source: 'lamps.csv:8', fields: {}, bad: null, listed: 0, conflicts: [] }
    expect(toCells({ ...fragment, images })[3]).toEqual(['https://a.example/1.jpg', 'https://a.example/2.jpg'])
  })
})
