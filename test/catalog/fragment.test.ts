import { describe, expect, it } from 'vitest'
import { assemble } from '../../src/catalog/assemble.ts'
import { extend, type Fragment, fragmentOf } from '../../src/catalog/fragment.ts'
import type { Mapping, Reading } from '../../src/catalog/mapping.ts'
import { Warnings } from '../../src/catalog/warnings.ts'
import { aMapping, url } from './feeds.ts'

const [A, B, C] = [url('a'), url('b'), url('c')]

function aReading(facts: Partial<Reading> = {}): Reading {
  return {
    place: 'lamps.csv:2',
    code: 'LAMP-1',
    badCode: null,
    images: [A],
    positions: [],
    fields: {},
    blank: false,
    ...facts,
  }
}

/** The fragment of a reading, with the warnings it gives rise to. */
function judged(facts: Partial<Reading>, mapping: Partial<Mapping> = {}) {
  const warnings = new Warnings()
  const fragment = fragmentOf(aReading(facts), 7, aMapping(mapping), warnings)
  return { fragment, warnings: warnings.list().map(({ reason, message }) => `${reason}: ${message}`) }
}

describe('fragment of a record', () => {
  it('has the usable images with the position of the record', () => {
    expect(judged({ images: [A, 'lamp.jpg'], positions: ['3'], fields: { uuid: 'u-1' } }, { imageBaseUrl: A })).toEqual(
      {
        fragment: {
          seq: 7,
          code: 'LAMP-1',
          source: 'lamps.csv:2',
          images: [
            { url: A, position: 3, record: 7 },
            { url: url('lamp'), position: 3, record: 7 },
          ],
          fields: { uuid: 'u-1' },
          bad: null,
        },
        warnings: [],
      },
    )
  })

  it('gives each image its own position when there is one for each', () => {
    const { fragment } = judged({ images: [A, B, C], positions: ['2', '1', ''] })
    expect(fragment.images.map(({ position }) => position)).toEqual([2, 1, null])
  })

  it('keeps to the order of the feed when positions and images do not match in number', () => {
    const { fragment, warnings } = judged({ images: [A, B, C], positions: ['2', '1'] })
    expect(fragment.images.map(({ position }) => position)).toEqual([null, null, null])
    expect(warnings).toEqual(['position-invalid: 2 positions for 3 images; they keep the order of the feed'])
  })

  it.each([
    ['0', 0],
    ['1', 1],
    ['010', 10],
    ['1.5', 1.5],
  ])('takes "%s" for a position', (text, position) => {
    const { fragment, warnings } = judged({ positions: [text] })
    expect({ position: fragment.images[0]?.position, warnings }).toEqual({ position, warnings: [] })
  })

  it.each(['first', '-1', '1,5', '1e3', '0x10', 'NaN', '½'])('says that "%s" is no position', text => {
    const { fragment, warnings } = judged({ positions: [text] })
    expect({ position: fragment.images[0]?.position, warnings }).toEqual({
      position: null,
      warnings: [`position-invalid: "${text}" is not a position; the image is ranked after those that have one`],
    })
  })

  it('says nothing of a position without an image', () => {
    expect(judged({ images: [], positions: ['first'] }).warnings).toEqual([])
  })

  it('says when characters had to be percent-encoded', () => {
    expect(judged({ images: ['https://cdn.example.com/red lamp.jpg'] }).warnings).toEqual([
      'url-encoded: "https://cdn.example.com/red lamp.jpg" is sent as https://cdn.example.com/red%20lamp.jpg',
    ])
  })

  it('remembers the first image that is unusable and keeps the others', () => {
    const { fragment } = judged({ images: [A, 'lamp.jpg', 'ftp://x', B] })
    expect({ images: fragment.images.map(image => image.url), bad: fragment.bad }).toEqual({
      images: [A, B],
      bad: {
        message: '"lamp.jpg" is not a complete URL. Name its base with --image-base-url.',
        source: 'lamps.csv:2',
      },
    })
  })
})

function aFragment(facts: Partial<Fragment> = {}): Fragment {
  return {
    seq: 0,
    code: 'LAMP-1',
    source: 'lamps.csv:2',
    images: [{ url: A, position: null, record: 0 }],
    fields: {},
    bad: null,
    ...facts,
  }
}

describe('fragments of one code', () => {
  it('become one: the first leads, images append, blank fields are filled', () => {
    const bad = { message: 'no URL', source: 'lamps.csv:9' }
    const first = aFragment({ fields: { uuid: '', size: 'L' } })
    const second = aFragment({
      seq: 4,
      source: 'lamps.csv:9',
      images: [{ url: B, position: 1, record: 4 }],
      fields: { uuid: 'u-2', size: 'S' },
      bad,
    })
    expect(extend(first, second)).toEqual({
      seq: 0,
      code: 'LAMP-1',
      source: 'lamps.csv:2',
      images: [
        { url: A, position: null, record: 0 },
        { url: B, position: 1, record: 4 },
      ],
      fields: { uuid: 'u-2', size: 'L' },
      bad,
    })
  })

  it('are joined quickly, however many there are', () => {
    const count = 200_000
    const start = performance.now()
    let whole = aFragment()
    for (let seq = 1; seq < count; seq++) {
      whole = extend(whole, aFragment({ seq, images: [{ url: `${A}?${seq}`, position: null, record: seq }] }))
    }
    whole = extend(aFragment(), whole)
    expect(whole.images).toHaveLength(count + 1)
    expect(performance.now() - start).toBeLessThan(5000)
  })
})

/** What becomes of a fragment, with the warnings it gives rise to. */
function assembled(facts: Partial<Fragment>, mapping: Partial<Mapping> = {}) {
  const warnings = new Warnings()
  const made = assemble(aFragment(facts), aMapping(mapping), warnings)
  return { made, warnings: warnings.list().map(({ reason, message }) => `${reason}: ${message}`) }
}

describe('assembling', () => {
  const bad = { message: '"x" is not a complete URL.', source: 'lamps.csv:5' }
  const images = [
    { url: B, position: 2, record: 1 },
    { url: A, position: 1, record: 0 },
  ]

  it('makes a product of the ranked images', () => {
    expect(assembled({ seq: 3, images, fields: { uuid: 'u-1' } })).toEqual({
      made: {
        seq: 3,
        code: 'LAMP-1',
        gallery: [A, B],
        fields: { uuid: 'u-1' },
        source: 'lamps.csv:2',
        dropped: null,
      },
      warnings: [],
    })
  })

  it('makes nothing of a code without images, and says so', () => {
    expect(assembled({ images: [] })).toEqual({
      made: null,
      warnings: ['without-images: LAMP-1 has no image in the feed; what the targets hold of it stays as it is'],
    })
  })

  it.each(['reject-product', 'send-anyway'] as const)('rejects the product for an unusable image: %s', onBadImage => {
    expect(assembled({ seq: 3, images, bad }, { onBadImage })).toEqual({
      made: { seq: 3, code: 'LAMP-1', reason: 'url-invalid', message: bad.message, source: 'lamps.csv:5' },
      warnings: [],
    })
  })

  it('sends the rest when images may be dropped, and says which was', () => {
    expect(assembled({ images, bad }, { onBadImage: 'drop-image' }).made).toMatchObject({
      gallery: [A, B],
      dropped: 'Left out: "x" is not a complete URL. (lamps.csv:5)',
    })
  })

  it('rejects the product when no image is left', () => {
    expect(assembled({ images: [], bad }, { onBadImage: 'drop-image' }).made).toEqual({
      seq: 0,
      code: 'LAMP-1',
      reason: 'url-invalid',
      message: '"x" is not a complete URL. No other image is left.',
      source: 'lamps.csv:5',
    })
  })

  it('says when URLs repeat and when records claim one position', () => {
    const same = [
      { url: A, position: 1, record: 0 },
      { url: B, position: 1, record: 1 },
      { url: A, position: 2, record: 2 },
    ]
    expect(assembled({ images: same }).warnings).toEqual([
      `duplicate-image: LAMP-1 names 1 image more than once; each keeps its first place (${A})`,
      'position-conflict: LAMP-1 has several images at position 1; they keep the order of the feed',
    ])
  })
})
