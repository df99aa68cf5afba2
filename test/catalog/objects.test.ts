import { describe, expect, it } from 'vitest'
import type { Mapping } from '../../src/catalog/mapping.ts'
import { bindObjects } from '../../src/catalog/objects.ts'
import { FeedError } from '../../src/model/errors.ts'
import type { JsonObject } from '../../src/model/json.ts'
import { aMapping } from './feeds.ts'

function bind(first: JsonObject, mapping: Partial<Mapping> = {}) {
  return bindObjects('lamps.json', first, aMapping(mapping))
}

/** What one object says when it is the first of its file. */
function readingOf(value: JsonObject, mapping: Partial<Mapping> = {}) {
  return bind(value, mapping).read({ place: 'lamps.json#0', value })
}

function refusal(work: () => unknown): { message: string; fix: string | null } {
  try {
    work()
  } catch (error) {
    if (error instanceof FeedError) return { message: error.message, fix: error.fix }
  }
  throw new Error('it was not refused')
}

describe('paths in objects', () => {
  it('give code, images, position and further fields of an object', () => {
    const mapping = { code: 'ids.sku', images: ['main', 'more[].src'], position: 'rank', fields: ['ids.uuid', 'size'] }
    const value = {
      ids: { sku: ' LAMP-1 ', uuid: 'u-1' },
      main: ' a.jpg ',
      more: [{ src: 'b.jpg' }, { src: 'c.jpg' }],
      rank: ' 3 ',
      size: 40,
    }
    const { notes, codes, kind } = bind(value, mapping)
    expect(notes).toEqual(['preset: generic (usual names)', 'images: main, more[].src', 'position: rank'])
    expect({ codes, kind }).toEqual({ codes: ['ids.sku'], kind: 'path' })
    expect(readingOf(value, mapping)).toEqual({
      place: 'lamps.json#0',
      codes: [['LAMP-1']],
      badCode: null,
      group: '',
      images: ['a.jpg', 'b.jpg', 'c.jpg'],
      isList: true,
      positions: ['3'],
      fields: { 'ids.uuid': 'u-1', size: '40' },
      blank: false,
    })
  })

  it('see that there is nothing in an empty object', () => {
    expect(bind({ sku: 'LAMP-1', image: 'a.jpg' }).read({ place: 'lamps.json#1', value: {} })).toEqual({
      place: 'lamps.json#1',
      codes: [[]],
      badCode: null,
      group: '',
      images: [],
      isList: false,
      positions: [],
      fields: {},
      blank: true,
    })
  })

  it.each<[JsonObject, string]>([
    [{ sku: 'a', image: 'a.jpg' }, 'code: sku; images: image'],
    [{ sku: 'a', image_2: 'b', image_1: 'a' }, 'code: sku; images: image_1, image_2'],
    [{ id: 1, images: ['a', 'b'] }, 'code: id; images: images'],
    [{ id: 1, images: [{ src: 'a', alt: 'x' }] }, 'code: id; images: images[].src'],
    [{ id: 1, images: [{ id: 9, url: 'a' }] }, 'code: id; images: images[].url'],
    [{ id: 1, image: 'a', image_position: 2 }, 'code: id; images: image; position: image_position'],
  ])('are found by usual names in %j', (first, expected) => {
    const { codes, notes } = bind(first)
    expect(notes[0]).toBe('preset: generic (usual names)')
    expect([`code: ${codes.join(', ')}`, ...notes.slice(1)].join('; ')).toBe(expected)
  })

  it('are those of a platform that is known by its keys, whether or not the first object has them all', () => {
    const lamp = { id: 7, handle: 'lamp', body_html: '', variants: [{ sku: 'L-1' }, { sku: 'L-2' }], images: [] }
    const binding = bind(lamp)
    expect(binding.notes).toEqual([
      expect.stringMatching(/^preset: shopify, by the keys handle, /),
      'images: images[].src',
      'position: images[].position',
    ])
    expect(binding.codes).toEqual(['variants[].sku', 'handle'])
    expect(binding.read({ place: 'lamps.json#0', value: lamp }).codes).toEqual([['L-1', 'L-2'], ['lamp']])
    expect(() => binding.end()).not.toThrow()
  })

  it('give way to those that were named', () => {
    const lamp = {
      handle: 'lamp',
      body_html: '',
      variants: [{ barcode: '40' }],
      images: [{ src: 'a.jpg' }],
      media: 'b',
    }
    const { codes, notes } = bind(lamp, { code: 'variants[].barcode', images: ['media'] })
    expect(codes).toEqual(['variants[].barcode'])
    expect(notes.slice(1)).toEqual(['images: media'])
  })

  it('are the usual ones, or none, when that was asked for', () => {
    const lamp = { sku: 'L-1', handle: 'lamp', body_html: '', variants: [{ sku: 'L-2' }], images: [{ src: 'a.jpg' }] }
    expect(bind(lamp, { preset: 'generic' }).notes[0]).toBe('preset: generic, as configured (usual names)')
    expect(bind(lamp, { preset: 'generic' }).codes).toEqual(['sku', 'handle'])
    expect(bind(lamp, { preset: 'none', code: 'handle', images: ['images[].src'] }).notes).toEqual([
      'images: images[].src',
    ])
  })

  it('find the address in objects by its usual name, also when the first product has no image', () => {
    const binding = bind({ id: 1, images: [] })
    const value = { id: 2, images: [{ id: 5, url: 'a.jpg' }, { src: 'b.jpg', url: 'x.jpg' }, 'c.jpg'] }
    expect(binding.read({ place: '', value }).images).toEqual(['a.jpg', 'b.jpg', 'c.jpg'])
  })

  it.each<[JsonObject, string[]]>([
    [{ image_10: 'c', image_9: 'b', image_1: 'a', image_alt_1: 'x' }, ['a', 'b', 'c']],
    [{ image_2: ['c', 'd'], image_1: 'b', image_: 'a' }, ['a', 'b', 'c', 'd']],
    [{ image_1: null, image_2: '', image_3: 'a' }, ['a']],
  ])('take patterns for the keys of each object: %j', (value, images) => {
    expect(readingOf({ sku: 'LAMP-1', ...value }, { images: ['image_*'] }).images).toEqual(images)
  })

  it('show what is no text, so that it is refused as an image and not lost', () => {
    const value = { sku: 'LAMP-1', images: [{ href: { deep: 1 } }, 5, true, null, ''] }
    expect(readingOf(value, { images: ['images'] }).images).toEqual(['{"href":{"deep":1}}', '5', 'true'])
  })

  it('split texts at the separator', () => {
    const { images, isList } = readingOf({ sku: 'a', images: 'a.jpg | b.jpg' }, { separator: '|' })
    expect({ images, isList }).toEqual({ images: ['a.jpg', 'b.jpg'], isList: true })
  })

  it('see no list in one image beside blanks', () => {
    expect(readingOf({ sku: 'a', images: [null, 'a.jpg', ''] }).isList).toBe(false)
  })

  it('give one position for all images or one each', () => {
    const value = {
      sku: 'a',
      rank: 2,
      images: [
        { src: 'a', at: 2 },
        { src: 'b', at: '1' },
        { src: 'c', at: null },
      ],
    }
    const positions = (position: string) => readingOf(value, { images: ['images[].src'], position }).positions
    expect(positions('rank')).toEqual(['2'])
    expect(positions('images[].at')).toEqual(['2', '1', ''])
  })

  it.each<[JsonObject, string[]]>([
    [{ sku: '007' }, ['007']],
    [{ sku: '1E5' }, ['1E5']],
    [{ sku: '__proto__' }, ['__proto__']],
    [{ sku: 0 }, ['0']],
    [{ sku: -7 }, ['-7']],
    [{ sku: 9007199254740991 }, ['9007199254740991']],
    [{ sku: ' a ' }, ['a']],
    [{ sku: ['a', 'b'] }, ['a', 'b']],
    [{ sku: ['a', null, ' a ', '', 7] }, ['a', '7']],
    [{ sku: null }, []],
    [{ sku: true }, []],
    [{ sku: { a: 1 } }, []],
    [{ sku: [] }, []],
  ])('give the codes of %j', (value, codes) => {
    const { codes: found, badCode } = readingOf({ ...value, image: 'a.jpg' })
    expect({ found, badCode }).toEqual({ found: [codes], badCode: null })
  })

  it.each([
    ['9007199254740993', '9007199254740992'],
    ['12345678901234567890', '12345678901234567000'],
    ['1.5', '1.5'],
    ['1e400', 'Infinity'],
  ])('refuse the number %s as a code, because it is not what the feed says any more', (written, read) => {
    expect(readingOf({ sku: JSON.parse(written), image: 'a.jpg' }).badCode).toEqual({
      message: `The code ${read} is a number that JSON cannot hold exactly.`,
      fix: 'Write it as text: "…".',
    })
  })

  it('refuse such a number also where it stands in for a code that is blank', () => {
    const lamp = { handle: 9007199254740992, body_html: '', variants: [{ sku: null }, { sku: '' }], images: [] }
    expect(readingOf(lamp).badCode?.message).toBe(
      'The code 9007199254740992 is a number that JSON cannot hold exactly.',
    )
    expect(readingOf({ ...lamp, variants: [{ sku: 'L-1' }] }).badCode).toBeNull()
  })

  it.each<[JsonObject, Partial<Mapping>, string, string]>([
    [
      { name: 'a', image: 'a.jpg' },
      {},
      'Nothing in the first objects of lamps.json is known to hold the product code.',
      'Name it with --code-column, for example "images[].src". The object has: name, image.',
    ],
    [
      { sku: 'a', logo: 'a.jpg' },
      {},
      'Nothing in the first objects of lamps.json is known to hold the images.',
      'Name it with --image-columns, for example "images[].src". The object has: sku, logo.',
    ],
    [
      { sku: 'a', image: 'a.jpg' },
      { preset: 'none' },
      'Nothing in the first objects of lamps.json is known to hold the product code.',
      'Name it with --code-column, for example "images[].src". The object has: sku, image.',
    ],
  ])('of %j are refused for %j', (first, mapping, message, fix) => {
    expect(refusal(() => bind(first, mapping))).toEqual({ message, fix })
  })
})

describe('paths that lead nowhere', () => {
  const values: JsonObject[] = [
    { sku: 'a', rank: 1, images: [{ src: 'a.jpg' }], extra: null },
    { sku: 'b', images: [], uuid: 'u-2' },
  ]

  function end(mapping: Partial<Mapping>): void {
    const binding = bind(values[0] ?? {}, mapping)
    for (const value of values) binding.read({ place: '', value })
    binding.end()
  }

  it.each<Partial<Mapping>>([
    { images: ['images[].source'] },
    { images: ['image_*'] },
    { images: ['image', 'photo'] },
    { code: 'skuu' },
    { code: 'sku.code' },
    { position: 'ranks' },
    { fields: ['colour'] },
  ])('in every object are refused at the end, as missing columns are: %j', mapping => {
    expect(() => end({ images: ['images[].src'], ...mapping })).toThrow(FeedError)
  })

  it.each<Partial<Mapping>>([
    { images: ['images[].src', 'photo'] },
    { position: 'rank' },
    { fields: ['uuid'] },
    { fields: ['extra.more'] },
  ])('in some objects are not: %j', mapping => {
    expect(() => end({ images: ['images[].src'], ...mapping })).not.toThrow()
  })

  it('are named with the nearest key', () => {
    expect(refusal(() => end({ code: 'skuu' }))).toEqual({
      message: 'No object in lamps.json has "skuu".',
      fix: 'Did you mean "sku"? The first objects have: sku, rank, images, extra.',
    })
  })

  it.each<[string, JsonObject[]]>([
    ['lists are empty', [{ sku: 'a', images: [] }]],
    ['values are null', [{ sku: 'a', images: null }]],
    ['elements are null', [{ sku: 'a', images: [null] }]],
    ['some objects have no list', [{ sku: 'a' }, { sku: 'b', images: [] }]],
  ])('are not suspected where %s', (_, some) => {
    const binding = bind({}, { code: 'sku', images: ['images[].src'] })
    for (const value of some) binding.read({ place: '', value })
    expect(() => binding.end()).not.toThrow()
  })
})
