import { describe, expect, it } from 'vitest'
import { assemble } from '../../src/catalog/assemble.ts'
import { type Conflict, contentOf, extend, type Fragment } from '../../src/catalog/fragment.ts'
import type { Mapping, Reading } from '../../src/catalog/mapping.ts'
import { Warnings } from '../../src/catalog/warnings.ts'
import { aReading, url } from './feeds.ts'

const [A, B, C] = [url('a'), url('b'), url('c')]

/** What a reading holds, with the warnings it gives rise to. */
function judged(facts: Partial<Reading>, imageBaseUrl: string | null = null) {
  const warnings = new Warnings()
  const content = contentOf(aReading(facts), 7, imageBaseUrl, warnings)
  return { content, warnings: warnings.list().map(({ reason, message }) => `${reason}: ${message}`) }
}

describe('content of a record', () => {
  it('has the usable images with the position of the record', () => {
    const facts = { images: [A, 'lamp.jpg'], isList: true, positions: ['3'], fields: { uuid: 'u-1' } }
    expect(judged(facts, 'https://cdn.example.com')).toEqual({
      content: {
        images: [
          { url: A, position: 3, record: 7 },
          { url: url('lamp'), position: 3, record: 7 },
        ],
        fields: { uuid: 'u-1' },
        bad: null,
        listed: 0,
        conflicts: [],
      },
      warnings: [],
    })
  })

  it('counts the images of a list without positions, as it is a whole gallery', () => {
    const listed = (facts: Partial<Reading>) => judged(facts).content.listed
    expect(listed({ images: [A, B], isList: true })).toBe(2)
    expect(listed({ images: [A, 'lamp.jpg', B], isList: true })).toBe(2)
    expect(listed({ images: [A, B], isList: true, positions: ['', ''] })).toBe(2)
    expect(listed({ images: [A, B], isList: true, positions: ['1', ''] })).toBe(0)
    expect(listed({ images: [A], isList: false })).toBe(0)
  })

  it('gives each image its own position when there is one for each', () => {
    const { content } = judged({ images: [A, B, C], positions: ['2', '1', ''] })
    expect(content.images.map(({ position }) => position)).toEqual([2, 1, null])
  })

  it('keeps to the order of the feed when positions and images do not match in number', () => {
    const { content, warnings } = judged({ images: [A, B, C], positions: ['2', '1'] })
    expect(content.images.map(({ position }) => position)).toEqual([null, null, null])
    expect(warnings).toEqual(['position-invalid: 2 positions for 3 images; they keep the order of the feed'])
  })

  it.each([
    ['0', 0],
    ['1', 1],
    ['010', 10],
    ['1.5', 1.5],
  ])('takes "%s" for a position', (text, position) => {
    const { content, warnings } = judged({ positions: [text] })
    expect({ position: content.images[0]?.position, warnings }).toEqual({ position, warnings: [] })
  })

  it.each(['first', '-1', '1,5', '1e3', '0x10', 'NaN', '½'])('says that "%s" is no position', text => {
    const { content, warnings } = judged({ positions: [text] })
    expect({ position: content.images[0]?.position, warnings }).toEqual({
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

  it('shows the beginning of a very long URL before and after', () => {
    const lamp = `https://cdn.example.com/${'ü'.repeat(1000)}`
    const [warning = ''] = judged({ images: [lamp] }).warnings
    expect(warning).toBe(`url-encoded: "${lamp.slice(0, 399)}…" is sent as ${encodeURI(lamp).slice(0, 399)}…`)
  })

  it('remembers the first image that is unusable and keeps the others', () => {
    const { content } = judged({ images: [A, 'lamp.jpg', 'ftp://x', B] })
    expect({ images: content.images.map(image => image.url), bad: content.bad }).toEqual({
      images: [A, B],
      bad: {
        message: '"lamp.jpg" is not a complete URL.',
        fix: 'Name its base with --image-base-url.',
        source: 'lamps.csv:2',
      },
    })
  })

  it('says of a piece of a list that it may be a part of a longer URL', () => {
    expect(judged({ images: [A, 'h_300'], isList: true }).content.bad?.fix).toBe(
      'Name its base with --image-base-url. If it is a part of a longer URL, name the text between the URLs with --separator.',
    )
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
    listed: 0,
    conflicts: [],
    ...facts,
  }
}

/** A record that lists a whole gallery. */
function aList(urls: readonly string[], facts: Partial<Fragment> = {}): Fragment {
  const images = urls.map(url => ({ url, position: null, record: 0 }))
  return aFragment({ images, listed: images.length, ...facts })
}

describe('fragments of one code', () => {
  it('become one: the first leads, images append, blank fields are filled', () => {
    const bad = { message: 'no URL', fix: 'Correct it.', source: 'lamps.csv:9' }
    const first = aFragment({ fields: { uuid: '', size: 'L', colour: 'red' } })
    const second = aFragment({
      seq: 4,
      source: 'lamps.csv:9',
      images: [{ url: B, position: 1, record: 4 }],
      fields: { uuid: 'u-2', size: '', material: 'oak' },
      bad,
    })
    expect(extend(first, second, second.source)).toEqual({
      seq: 0,
      code: 'LAMP-1',
      source: 'lamps.csv:2',
      images: [
        { url: A, position: null, record: 0 },
        { url: B, position: 1, record: 4 },
      ],
      fields: { uuid: 'u-2', size: 'L', colour: 'red', material: 'oak' },
      bad,
      listed: 0,
      conflicts: [],
    })
  })

  const differingLists: Conflict = {
    reason: 'gallery-conflict',
    message: 'records list different images; all of them are kept, in the order of the feed',
    source: 'lamps.csv:9',
  }

  it.each([
    ['another image', [A, B], [A, C]],
    ['one more', [A, B], [A, B, C]],
    ['one less', [A, B, C], [A, B]],
  ])('contradict each other when they list different galleries: %s', (_, first, second) => {
    expect(extend(aList(first), aList(second), 'lamps.csv:9').conflicts).toEqual([differingLists])
  })

  it.each([
    ['the same list', aList([A, B]), aList([A, B])],
    ['the same in another order', aList([A, B]), aList([B, A])],
    ['the same, one twice', aList([A, B]), aList([A, B, B])],
    ['a single image after a list', aList([A, B]), aFragment()],
    ['a list after a single image', aFragment(), aList([B, C])],
    ['the same list, with a single image after it', aList([A, B]), { ...aList([A, B, C]), listed: 2 }],
  ])('do not contradict each other: %s', (_, first, second) => {
    expect(extend(first, second, 'lamps.csv:9').conflicts).toEqual([])
  })

  it('contradict each other when a further field differs', () => {
    const conflicts = (first: Fragment['fields'], second: Fragment['fields']) =>
      extend(aFragment({ fields: first }), aFragment({ fields: second }), 'lamps.csv:9').conflicts
    expect(conflicts({ size: 'L', colour: 'red' }, { size: 'S', colour: 'blue' })).toEqual([
      {
        reason: 'column-conflict',
        message: 'records differ in "size": "L" and "S"; the first one counts',
        source: 'lamps.csv:9',
      },
    ])
    expect(conflicts({ size: 'L' }, { size: 'L' })).toEqual([])
    expect(conflicts({ size: 'L' }, { size: '' })).toEqual([])
    expect(conflicts({ size: '' }, { size: 'L' })).toEqual([])
    expect(conflicts({ size: 'L' }, { colour: 'red' })).toEqual([])
  })

  it('keep the first contradiction of each kind, however many records there are', () => {
    const later = (source: string) => aList([C, source], { source, fields: { size: source } })
    const whole = ['lamps.csv:9', 'lamps.csv:12', 'lamps.csv:15'].reduce(
      (fragment, source) => extend(fragment, later(source), source),
      aList([A, B], { fields: { size: 'L' } }),
    )
    expect(whole.conflicts.map(({ reason, source }) => `${reason} ${source}`)).toEqual([
      'gallery-conflict lamps.csv:9',
      'column-conflict lamps.csv:9',
    ])
  })

  it('are joined quickly, however many there are', () => {
    const count = 200_000
    const start = performance.now()
    let whole = aFragment()
    for (let seq = 1; seq < count; seq++) {
      const later = aFragment({ seq, images: [{ url: `${A}?${seq}`, position: null, record: seq }] })
      whole = extend(whole, later, later.source)
    }
    whole = extend(aFragment(), whole, whole.source)
    expect(whole.images).toHaveLength(count + 1)
    expect(performance.now() - start).toBeLessThan(5000)
  })
})

/** What becomes of a fragment, with the warnings it gives rise to. */
function assembled(facts: Partial<Fragment>, onBadImage: Mapping['onBadImage'] = 'reject-product') {
  const warnings = new Warnings()
  const made = assemble(aFragment(facts), onBadImage, warnings)
  return { made, warnings: warnings.list().map(({ reason, message }) => `${reason}: ${message}`) }
}

describe('assembling', () => {
  const bad = { message: '"x" is not a complete URL.', fix: 'Name its base.', source: 'lamps.csv:5' }
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
    expect(assembled({ seq: 3, images, bad }, onBadImage)).toEqual({
      made: { seq: 3, code: 'LAMP-1', reason: 'url-invalid', ...bad },
      warnings: [],
    })
  })

  it('sends the rest when images may be dropped, and says which was', () => {
    expect(assembled({ images, bad }, 'drop-image').made).toMatchObject({
      gallery: [A, B],
      dropped: 'Left out: "x" is not a complete URL. Name its base. (lamps.csv:5)',
    })
  })

  it('rejects the product when no image is left', () => {
    expect(assembled({ images: [], bad }, 'drop-image').made).toEqual({
      seq: 0,
      code: 'LAMP-1',
      reason: 'url-invalid',
      message: '"x" is not a complete URL. No other image is left.',
      fix: 'Name its base.',
      source: 'lamps.csv:5',
    })
  })

  it('says where records contradict each other', () => {
    const conflicts: Conflict[] = [
      { reason: 'column-conflict', message: 'records differ in "size"', source: 'lamps.csv:9' },
      { reason: 'gallery-conflict', message: 'records list different images', source: 'lamps.csv:7' },
    ]
    expect(assembled({ conflicts }).warnings).toEqual([
      'column-conflict: LAMP-1: records differ in "size"',
      'gallery-conflict: LAMP-1: records list different images',
    ])
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
