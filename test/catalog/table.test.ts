import { describe, expect, it } from 'vitest'
import type { Mapping } from '../../src/catalog/mapping.ts'
import { bindTable } from '../../src/catalog/table.ts'
import { FeedError } from '../../src/model/errors.ts'
import { aMapping } from './feeds.ts'

function bind(columns: string, mapping: Partial<Mapping> = {}) {
  return bindTable('lamps.csv', columns.split(','), aMapping(mapping))
}

/** The images that a row gives whose cells are the numbers of their columns. */
function imageColumns(columns: string, mapping: Partial<Mapping> = {}): string {
  const cells = columns.split(',').map((_, at) => String(at))
  return bind(columns, mapping).read({ place: 'lamps.csv:2', cells }).images.join(' ')
}

function refusal(work: () => unknown): { message: string; fix: string | null } {
  try {
    work()
  } catch (error) {
    if (error instanceof FeedError) return { message: error.message, fix: error.fix }
  }
  throw new Error('it was not refused')
}

describe('columns of a table', () => {
  it('give code, images, position and further fields of a row', () => {
    const binding = bind('id,sku,photo,rank,uuid', {
      code: 'sku',
      images: ['photo'],
      position: 'rank',
      fields: ['uuid', 'sku'],
    })
    expect(binding.notes).toEqual(['code column: sku', 'image columns: photo', 'position column: rank'])
    expect(binding.read({ place: 'lamps.csv:2', cells: ['1', ' LAMP-1 ', ' a.jpg ', ' 3 ', ' u-1 '] })).toEqual({
      place: 'lamps.csv:2',
      code: 'LAMP-1',
      badCode: null,
      images: ['a.jpg'],
      positions: ['3'],
      fields: { uuid: 'u-1', sku: 'LAMP-1' },
      blank: false,
    })
  })

  it('read short rows as blank cells', () => {
    const binding = bind('sku,image_1,image_2', { fields: ['image_2'] })
    expect(binding.read({ place: 'lamps.csv:3', cells: ['LAMP-1'] })).toEqual({
      place: 'lamps.csv:3',
      code: 'LAMP-1',
      badCode: null,
      images: [],
      positions: [],
      fields: { image_2: '' },
      blank: false,
    })
  })

  it.each([[[]], [['', '  ']], [['\t', '', '\u00a0']]])('see that there is nothing in %j', cells => {
    expect(bind('sku,image,name').read({ place: 'lamps.csv:3', cells }).blank).toBe(true)
  })

  it('keep codes as they are', () => {
    const codes = ['007', '0', '1E5', '-1', '12345678901234567890', '__proto__', 'constructor', 'a b', "'=1"]
    const binding = bind('sku,image')
    expect(codes.map(code => binding.read({ place: '', cells: [code] }).code)).toEqual(codes)
  })

  it.each([
    ['sku,image_10,image_9,image_1', ['image_*'], '3 2 1'],
    ['sku,image_02,image_,image_1,image_alt_1', ['image_*'], '2 3 1'],
    ['sku,Image_2,IMAGE_1', ['image_*'], '2 1'],
    ['sku,main,image_2,image_1', ['main', 'image_*'], '1 3 2'],
    ['sku,b,a', ['a', 'b'], '2 1'],
    ['sku,a,b', ['a', 'b', 'a'], '1 2'],
    ['sku,main,image_1', ['image_*', 'image_1', 'main'], '2 1'],
    ['sku,image,image,image', ['image'], '1 2 3'],
    ['sku,image,image_1,image', ['image*', 'image_*'], '1 3 2'],
    ['sku,Photo', ['photo'], '1'],
    ['sku,photo,Photo', ['Photo'], '2'],
    ['sku,image_*,image_1', ['image_*'], '1'],
    ['sku,image_2,image_1', [], '2 1'],
    ['sku,image,image', [], '1 2'],
  ])('of %s, images %j are columns %s', (columns, images, expected) => {
    expect(imageColumns(columns, { images })).toBe(expected)
  })

  it('split cells at the separator', () => {
    const { images } = bind('sku,images,more', { images: ['images', 'more'], separator: '|' }).read({
      place: '',
      cells: ['LAMP-1', 'a.jpg | b.jpg|', 'c.jpg'],
    })
    expect(images).toEqual(['a.jpg', 'b.jpg', 'c.jpg'])
  })

  it('are found by their usual names, position included, when nothing was named', () => {
    expect(bind('Name,SKU,Image Src,Image Position').notes).toEqual([
      'code column: SKU',
      'image columns: Image Src',
      'position column: Image Position',
    ])
  })

  it('are not guessed at beside those that were named', () => {
    expect(bind('sku,photo,Image Position', { images: ['photo'] }).notes).toEqual([
      'code column: sku',
      'image columns: photo',
    ])
  })

  it.each<[string, Partial<Mapping>, string, string]>([
    [
      'skuu,image',
      { code: 'sku' },
      'lamps.csv has no column "sku" (named by --code-column).',
      'Did you mean "skuu"? The columns are: skuu, image.',
    ],
    [
      'sku,picture',
      { images: ['photo_*'] },
      'lamps.csv has no column "photo_*" (named by --image-columns).',
      'The columns are: sku, picture.',
    ],
    [
      'sku,image_1,image_2',
      { images: ['image_1', 'image_3'] },
      'lamps.csv has no column "image_3" (named by --image-columns).',
      'Did you mean "image_1"? The columns are: sku, image_1, image_2.',
    ],
    [
      'sku,image',
      { position: 'rank' },
      'lamps.csv has no column "rank" (named by --position-column).',
      'The columns are: sku, image.',
    ],
    [
      'sku,image',
      { fields: ['uuid'] },
      'lamps.csv has no column "uuid" (named by a target option).',
      'The columns are: sku, image.',
    ],
    [
      'name,image',
      {},
      'No column of lamps.csv is known to hold the product code.',
      'Name it with --code-column. The columns are: name, image.',
    ],
    [
      'sku,name',
      {},
      'No column of lamps.csv is known to hold the image.',
      'Name it with --image-columns. The columns are: sku, name.',
    ],
    [
      'sku,image',
      { guess: false },
      'No column of lamps.csv is known to hold the product code.',
      'Name it with --code-column. The columns are: sku, image.',
    ],
    [
      'sku,image',
      { guess: false, code: 'sku' },
      'No column of lamps.csv is known to hold the image.',
      'Name it with --image-columns. The columns are: sku, image.',
    ],
  ])('of %s are refused for %j', (columns, mapping, message, fix) => {
    expect(refusal(() => bind(columns, mapping))).toEqual({ message, fix })
  })
})
