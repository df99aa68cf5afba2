import { describe, expect, it } from 'vitest'
import type { Mapping } from '../../src/catalog/mapping.ts'
import { bindTable } from '../../src/catalog/table.ts'
import { FeedError } from '../../src/model/errors.ts'
import { aMapping } from './feeds.ts'

function bind(columns: string, mapping: Partial<Mapping> = {}) {
  return bindTable('lamps.csv', columns.split(','), aMapping(mapping))
}

/** What the rows of a platform's export say. */
function readings(columns: string, rows: readonly string[]) {
  const binding = bind(columns)
  return rows.map((row, at) => binding.read({ place: `lamps.csv:${at + 2}`, cells: row.split(',') }))
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
    expect(binding.notes).toEqual([
      'preset: generic (usual column names)',
      'image columns: photo',
      'position column: rank',
    ])
    expect({ codes: binding.codes, kind: binding.kind }).toEqual({ codes: ['sku'], kind: 'column' })
    expect(binding.read({ place: 'lamps.csv:2', cells: ['1', ' LAMP-1 ', ' a.jpg ', ' 3 ', ' u-1 '] })).toEqual({
      place: 'lamps.csv:2',
      codes: [['LAMP-1']],
      badCode: null,
      group: '',
      images: ['a.jpg'],
      isList: false,
      positions: ['3'],
      fields: { uuid: 'u-1', sku: 'LAMP-1' },
      blank: false,
    })
  })

  it('read short rows as blank cells', () => {
    const binding = bind('sku,image_1,image_2', { fields: ['image_2'] })
    expect(binding.read({ place: 'lamps.csv:3', cells: ['LAMP-1'] })).toEqual({
      place: 'lamps.csv:3',
      codes: [['LAMP-1']],
      badCode: null,
      group: '',
      images: [],
      isList: false,
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
    expect(codes.map(code => binding.read({ place: '', cells: [code] }).codes)).toEqual(codes.map(code => [[code]]))
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
    const binding = bind('sku,images,more', { images: ['images', 'more'], separator: '|' })
    const { images } = binding.read({ place: '', cells: ['LAMP-1', 'a.jpg | b.jpg|', 'c.jpg'] })
    expect(images).toEqual(['a.jpg', 'b.jpg', 'c.jpg'])
    expect(binding.notes.at(-1)).toBe('images separated by "|"')
  })

  it('say which separator counts, blanks in words', () => {
    expect(bind('sku,images', { separator: ' ' }).notes.at(-1)).toBe('images separated by blanks')
  })

  it.each([
    [['LAMP-1', 'a.jpg|b.jpg', ''], true],
    [['LAMP-1', 'a.jpg', 'b.jpg'], true],
    [['LAMP-1', '', 'b.jpg|'], false],
    [['LAMP-1', '', ''], false],
  ])('see whether a record lists several images: %j', (cells, isList) => {
    expect(bind('sku,image_1,image_2', { separator: '|' }).read({ place: '', cells }).isList).toBe(isList)
  })

  it('are found by their usual names, position included, when nothing was named', () => {
    const binding = bind('Name,SKU,Image Src,Image Position')
    expect(binding.notes).toEqual([
      'preset: generic (usual column names)',
      'image columns: Image Src',
      'position column: Image Position',
    ])
    expect(binding.codes).toEqual(['SKU'])
  })

  it('are found by their usual names only, when that was asked for', () => {
    const binding = bind('Handle,SKU,Image Src,Image Position', { preset: 'generic' })
    expect(binding.notes[0]).toBe('preset: generic, as configured (usual column names)')
    expect({ codes: binding.codes, groupImages: binding.groupImages }).toEqual({
      codes: ['SKU', 'Handle'],
      groupImages: null,
    })
  })

  it('are not guessed at beside those that were named', () => {
    expect(bind('sku,photo,Image Position', { images: ['photo'] }).notes).toEqual([
      'preset: generic (usual column names)',
      'image columns: photo',
    ])
  })

  it('are not guessed at all, when that was asked for', () => {
    const mapping = { preset: 'none', code: 'Variant SKU', images: ['Image Src'] }
    const binding = bind('Handle,Variant SKU,Image Src,Image Position', mapping)
    expect(binding.notes).toEqual(['image columns: Image Src'])
    expect({ codes: binding.codes, groupImages: binding.groupImages }).toEqual({
      codes: ['Variant SKU'],
      groupImages: null,
    })
  })

  it.each<[string, Partial<Mapping>, string, string]>([
    [
      'skuu,image',
      { code: 'sku' },
      'lamps.csv has no column "sku" (named by --code-column or feed.code).',
      'Did you mean "skuu"? The columns are: skuu, image.',
    ],
    [
      'sku,picture',
      { images: ['photo_*'] },
      'lamps.csv has no column "photo_*" (named by --image-columns or feed.images).',
      'The columns are: sku, picture.',
    ],
    [
      'sku,image_1,image_2',
      { images: ['image_1', 'image_3'] },
      'lamps.csv has no column "image_3" (named by --image-columns or feed.images).',
      'Did you mean "image_1"? The columns are: sku, image_1, image_2.',
    ],
    [
      'sku,image',
      { position: 'rank' },
      'lamps.csv has no column "rank" (named by --position-column or feed.position).',
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
      { preset: 'none' },
      'No column of lamps.csv is known to hold the product code.',
      'Name it with --code-column. The columns are: sku, image.',
    ],
    [
      'sku,image',
      { preset: 'none', code: 'sku' },
      'No column of lamps.csv is known to hold the image.',
      'Name it with --image-columns. The columns are: sku, image.',
    ],
  ])('of %s are refused for %j', (columns, mapping, message, fix) => {
    expect(refusal(() => bind(columns, mapping))).toEqual({ message, fix })
  })
})

describe('columns of a platform', () => {
  it('are known by the header, in any order and spelling, and the notes say by which', () => {
    const binding = bind('Title,image position,IMAGE SRC,Variant SKU,Handle')
    expect(binding.notes).toEqual([
      'preset: shopify, by the columns Handle, IMAGE SRC',
      'image columns: IMAGE SRC',
      'position column: image position',
    ])
    expect({ codes: binding.codes, groupImages: binding.groupImages }).toEqual({
      codes: ['Variant SKU', 'Handle'],
      groupImages: 'shared',
    })
    expect(binding.read({ place: 'lamps.csv:2', cells: ['Lamp', '2', 'a.jpg', 'LAMP-1', 'lamp'] })).toEqual({
      place: 'lamps.csv:2',
      codes: [['LAMP-1'], ['lamp']],
      badCode: null,
      group: 'lamp',
      images: ['a.jpg'],
      isList: false,
      positions: ['2'],
      fields: {},
      blank: false,
    })
  })

  it('are taken as configured when the platform was named', () => {
    expect(bind('Handle,Variant SKU,Image Src', { preset: 'shopify' }).notes[0]).toBe('preset: shopify, as configured')
  })

  it('give way to those that were named', () => {
    const binding = bind('Handle,Variant SKU,Variant Barcode,Image Src,Image Position,Variant Image,Rank', {
      code: 'Variant Barcode',
      images: ['Variant Image'],
      position: 'Rank',
      imageBaseUrl: 'https://media.example/',
      separator: ';',
    })
    expect(binding.codes).toEqual(['Variant Barcode'])
    expect(binding.imageBaseUrl).toBe('https://media.example/')
    expect(binding.notes.slice(1)).toEqual([
      'image columns: Variant Image',
      'position column: Rank',
      'images separated by ";"',
    ])
  })

  it('have no position beside images that were named', () => {
    const { notes } = bind('Handle,Variant SKU,Image Src,Image Position,Variant Image', { images: ['Variant Image'] })
    expect(notes.slice(1)).toEqual(['image columns: Variant Image'])
  })
})

describe('groups of a table', () => {
  const groups = (columns: string, rows: readonly string[]) => readings(columns, rows).map(({ group }) => group)

  it('are told by a column, as it is written', () => {
    const columns = 'Handle,Variant SKU,Image Src,Image Position'
    expect(groups(columns, ['lamp,L-1,a.jpg,1', ' lamp ,,b.jpg,2', 'Lamp,L-2,d.jpg,1'])).toEqual([
      'lamp',
      'lamp',
      'Lamp',
    ])
  })

  it('go on where the column is blank, if the platform writes them so', () => {
    const columns = 'sku,_attribute_set,_type,_media_image'
    const rows = [',,,z.jpg', 'LAMP-1,Lamps,simple,a.jpg', ',,,b.jpg', 'LAMP-2,Lamps,simple,c.jpg', ',,,d.jpg']
    expect(readings(columns, rows).map(({ group, codes }) => [group, codes])).toEqual([
      ['', [[]]],
      ['LAMP-1', [['LAMP-1']]],
      ['LAMP-1', [['LAMP-1']]],
      ['LAMP-2', [['LAMP-2']]],
      ['LAMP-2', [['LAMP-2']]],
    ])
  })

  it('begin with each record of a certain kind, if the platform writes them so', () => {
    const columns = 'Item Type,Product ID,Product Code/SKU,Product Image File - 1'
    const rows = ['SKU,,L-0,z.jpg', 'Product,7,L-1,a.jpg', 'SKU,,L-2,b.jpg', 'Rule,,,c.jpg', 'product,8,L-3,d.jpg']
    expect(groups(columns, rows)).toEqual([
      'product 1 of lamps.csv',
      'product 2 of lamps.csv',
      'product 2 of lamps.csv',
      'product 2 of lamps.csv',
      'product 3 of lamps.csv',
    ])
  })
})
