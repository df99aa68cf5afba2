import { describe, expect, it } from 'vitest'
import { readCatalog } from '../../src/catalog/index.ts'
import { FeedError } from '../../src/model/errors.ts'
import type { Feed } from '../../src/model/record.ts'
import { aTable, galleries, objects, read, someOptions, source, url } from './feeds.ts'
import { watchTemporaryFiles } from './temporary-files.ts'

const [A, B, C, D, E] = [url('a'), url('b'), url('c'), url('d'), url('e')]

const SHOPIFY = ['Handle', 'Variant SKU', 'Image Src', 'Image Position']
const MAGENTO_1 = ['sku', '_attribute_set', '_type', '_media_image']
const BIGCOMMERCE = ['Item Type', 'Product ID', 'Product Code/SKU', 'Product Image File - 1', 'Product Image File - 2']

const codeNotes = (notes: readonly string[]) => notes.filter(note => note.includes('code column'))

describe('code of a file', () => {
  it('is found elsewhere when the SKU is blank in every record', async () => {
    const rows = [
      ['lamp', '', A, '1'],
      ['lamp', '', B, '2'],
      ['sofa', ' ', C, '1'],
    ]
    expect(await galleries(aTable(SHOPIFY, rows))).toEqual([
      ['lamp', [A, B]],
      ['sofa', [C]],
    ])
  })

  it('is decided file by file, and the notes say so', async () => {
    const feeds = [
      aTable(SHOPIFY, [['lamp', '', A, '1']], 'old.csv'),
      aTable(
        SHOPIFY,
        [
          ['sofa', '', B, '1'],
          ['sofa', 'SOFA-1', C, '2'],
        ],
        'new.csv',
      ),
    ]
    const { entries, notes } = await read(feeds)
    expect(entries).toMatchObject([
      { code: 'lamp', gallery: [A] },
      { code: 'SOFA-1', gallery: [B, C] },
    ])
    expect(codeNotes(notes)).toEqual([
      'old.csv: code column: Handle ("Variant SKU" is blank in every record)',
      'new.csv: code column: Variant SKU',
    ])
  })

  it('is found elsewhere also among the usual names, and in objects', async () => {
    const table = aTable(['id', 'sku', 'image'], [['7', '', A]])
    expect(await galleries(table)).toEqual([['7', [A]]])
    const lamp = { handle: 'lamp', body_html: '', variants: [{ sku: null }, { sku: '' }], images: [{ src: A }] }
    expect(await galleries(objects([lamp]))).toEqual([['lamp', [A]]])
  })

  it('is not looked for elsewhere when it was named', async () => {
    const feed = aTable(SHOPIFY, [['lamp', '', A, '1']])
    await expect(read(feed, { code: 'Variant SKU' })).rejects.toThrow(
      'No record has a product code. lamps.csv: "Variant SKU" is blank in all 1 record.',
    )
  })

  it('is missing where others have one, and the fix names the column that all have', async () => {
    const rows = [
      ['1', 'LAMP-1', A],
      ['2', '', B],
    ]
    const { entries } = await read(aTable(['id', 'sku', 'image'], rows))
    expect(entries[1]).toEqual({
      seq: 1,
      code: null,
      reason: 'code-missing',
      message: 'The record has no product code.',
      fix: 'Fill in "sku", or name products by "id": --code-column "id".',
      source: 'lamps.csv:3',
    })
  })
})

describe('records of one product', () => {
  it('share all images where the platform lists them beside the variants', async () => {
    const rows = [
      ['lamp', 'LAMP-S', A, '1'],
      ['lamp', 'LAMP-L', B, '2'],
      ['lamp', '', C, '3'],
    ]
    expect(await galleries(aTable(SHOPIFY, rows))).toEqual([
      ['LAMP-S', [A, B, C]],
      ['LAMP-L', [A, B, C]],
    ])
  })

  it('may lie between others and in several files; products keep the order of their first records', async () => {
    const feeds = [
      aTable(
        SHOPIFY,
        [
          ['lamp', 'LAMP-S', B, '2'],
          ['sofa', 'SOFA-1', D, '1'],
          ['lamp', 'LAMP-L', A, '1'],
        ],
        'one.csv',
      ),
      aTable(
        SHOPIFY,
        [
          ['rug', 'RUG-1', E, '1'],
          ['lamp', '', C, '3'],
        ],
        'two.csv',
      ),
    ]
    const { entries } = await read(feeds)
    expect(entries).toMatchObject([
      { code: 'LAMP-S', gallery: [A, B, C], source: 'one.csv:2' },
      { code: 'LAMP-L', gallery: [A, B, C], source: 'one.csv:4' },
      { code: 'SOFA-1', gallery: [D], source: 'one.csv:3' },
      { code: 'RUG-1', gallery: [E], source: 'two.csv:2' },
    ])
    const places = entries.map(({ seq }) => seq)
    expect(places).toEqual([...new Set(places)].toSorted((a, b) => a - b))
  })

  it('continue the one above where the code is left blank', async () => {
    const rows = [
      ['LAMP-1', 'Lamps', 'simple', A],
      ['', '', '', B],
      ['LAMP-2', 'Lamps', 'simple', C],
      ['', '', '', D],
    ]
    expect(await galleries(aTable(MAGENTO_1, rows))).toEqual([
      ['LAMP-1', [A, B]],
      ['LAMP-2', [C, D]],
    ])
  })

  it('begin with the record of the product, which may have no code of its own', async () => {
    const rows = [
      ['Product', '7', '', A, B],
      ['SKU', '', 'LAMP-S', C, ''],
      ['SKU', '', 'LAMP-L', '', ''],
      ['Product', '8', 'SOFA-1', D, ''],
    ]
    expect(await galleries(aTable(BIGCOMMERCE, rows))).toEqual([
      ['LAMP-S', [A, B, C]],
      ['LAMP-L', [A, B]],
      ['SOFA-1', [D]],
    ])
  })

  it('are refused once when none has a code and others of the file do', async () => {
    const rows = [
      ['lamp', '', A, '1'],
      ['sofa', 'SOFA-1', C, '1'],
      ['lamp', '', B, '2'],
    ]
    const { entries, summary } = await read(aTable(SHOPIFY, rows))
    expect(entries).toMatchObject([
      {
        code: null,
        reason: 'code-missing',
        message: 'None of the 2 records of "lamp" has a product code.',
        fix: 'Fill in "Variant SKU", or name products by "Handle": --code-column "Handle".',
        source: 'lamps.csv:2',
      },
      { code: 'SOFA-1', gallery: [C] },
    ])
    expect(summary).toMatchObject({ records: 3, products: 1, rejected: 1 })
  })

  it('keep their images when the code of one is bad', async () => {
    const rows = [
      ['lamp', '1.23E+12', A, '1'],
      ['lamp', 'LAMP-L', B, '2'],
    ]
    expect(await galleries(aTable(SHOPIFY, rows))).toEqual([
      ['1.23E+12', 'code-invalid'],
      ['LAMP-L', [A, B]],
    ])
  })

  it('stand for themselves before the first one that is tied to others', async () => {
    const rows = [
      ['', 'RUG-1', B, '1'],
      ['', '', C, '1'],
      ['', 'RUG-2', D, '1'],
      ['lamp', 'LAMP-1', A, '1'],
    ]
    expect(await galleries(aTable(SHOPIFY, rows))).toEqual([
      ['RUG-1', [B]],
      [null, 'code-missing'],
      ['RUG-2', [D]],
      ['LAMP-1', [A]],
    ])
  })

  it('are one product with those of files that know no groups', async () => {
    const feeds = [
      aTable(['sku', 'image'], [['LAMP-S', D]], 'more.csv'),
      aTable(
        SHOPIFY,
        [
          ['lamp', 'LAMP-S', A, ''],
          ['lamp', 'LAMP-L', B, ''],
        ],
        'shop.csv',
      ),
      objects(
        [
          { sku: 'RUG-1', image: C },
          { sku: '', image: C },
          { sku: 'LAMP-L', image: E },
        ],
        'rest.json',
      ),
    ]
    expect(await galleries(feeds)).toEqual([
      ['LAMP-S', [D, A, B]],
      ['LAMP-L', [A, B, E]],
      ['RUG-1', [C]],
      [null, 'code-missing'],
    ])
  })
})

describe('rows of a table that come as objects', () => {
  const asObjects = (columns: readonly string[], rows: readonly (readonly string[])[]) =>
    objects(rows.map(cells => Object.fromEntries(columns.map((column, at) => [column, cells[at] ?? '']))))

  it.each<[string, string[], string[][]]>([
    [
      'beside the variants',
      SHOPIFY,
      [
        ['lamp', 'LAMP-S', B, '2'],
        ['sofa', 'SOFA-1', D, '1'],
        ['lamp', 'LAMP-L', A, '1'],
        ['lamp', '', C, '3'],
      ],
    ],
    [
      'in rows without a code',
      MAGENTO_1,
      [
        ['LAMP-1', 'Lamps', 'simple', A],
        ['', '', '', B],
        ['LAMP-2', 'Lamps', 'simple', C],
      ],
    ],
    [
      'in the row of the product',
      BIGCOMMERCE,
      [
        ['Product', '7', '', A, ''],
        ['SKU', '', 'LAMP-S', C, D],
        ['SKU', '', 'LAMP-L', '', ''],
      ],
    ],
  ])('make the same products, where images stand %s', async (_, columns, rows) => {
    const products = await galleries(asObjects(columns, rows))
    expect(products).toEqual(await galleries(aTable(columns, rows)))
    expect(products.length).toBeGreaterThan(1)
  })

  it('make the same products when the platform was named', async () => {
    const rows = [
      ['lamp', 'LAMP-S', A, '1'],
      ['lamp', '', B, '2'],
    ]
    const { entries, notes } = await read(asObjects(SHOPIFY, rows), { preset: 'shopify' })
    expect(entries).toMatchObject([{ code: 'LAMP-S', gallery: [A, B] }])
    expect(notes[0]).toBe('lamps.json: preset: shopify, as configured')
  })

  it('may bring further images than the first one showed', async () => {
    const [kind, id, code, first] = ['Item Type', 'Product ID', 'Product Code/SKU', 'Product Image File - 1']
    const feed = objects([
      { [kind]: 'Product', [id]: '7', [code]: 'LAMP-1', [first]: A },
      { [kind]: 'Product', [id]: '8', [code]: 'LAMP-2', 'Product Image File - 2': C, [first]: B },
    ])
    expect(await galleries(feed)).toEqual([
      ['LAMP-1', [A]],
      ['LAMP-2', [B, C]],
    ])
  })

  it('are refused for a code that JSON cannot hold exactly, and the others keep the images beside it', async () => {
    const [handle, sku, image, position] = ['Handle', 'Variant SKU', 'Image Src', 'Image Position']
    const feed = objects([
      { [handle]: 'lamp', [sku]: 'LAMP-S', [image]: A, [position]: 1 },
      { [handle]: 'lamp', [sku]: JSON.parse('9007199254740993'), [image]: B, [position]: 2 },
    ])
    expect(await galleries(feed)).toEqual([
      ['LAMP-S', [A, B]],
      ['9007199254740992', 'code-invalid'],
    ])
  })
})

describe('several codes of one object', () => {
  const variants = (...skus: (string | number | null)[]) => skus.map(sku => ({ sku }))
  const mapping = { code: 'variants[].sku', images: ['images'] }

  it('name several products, in their order', async () => {
    const feed = objects([
      { variants: variants('LAMP-S', 'LAMP-L', null, 'LAMP-S'), images: [A, B] },
      { variants: variants('SOFA-1'), images: [C] },
    ])
    const { entries } = await read(feed, mapping)
    expect(entries).toEqual([
      { seq: 0, code: 'LAMP-S', gallery: [A, B], fields: {}, source: 'lamps.json#0', dropped: null },
      { seq: 1, code: 'LAMP-L', gallery: [A, B], fields: {}, source: 'lamps.json#0', dropped: null },
      { seq: 2, code: 'SOFA-1', gallery: [C], fields: {}, source: 'lamps.json#1', dropped: null },
    ])
  })

  it('do not share their images with what later records add to one of them', async () => {
    const feed = objects([
      { variants: variants('LAMP-S', 'LAMP-L'), images: [A] },
      { variants: variants('LAMP-L'), images: [B] },
      { variants: variants('LAMP-S'), images: [C] },
    ])
    expect(await galleries(feed, mapping)).toEqual([
      ['LAMP-S', [A, C]],
      ['LAMP-L', [A, B]],
    ])
  })

  it('are all refused when one of them is bad, so that none is lost in silence', async () => {
    const feed = objects([
      { variants: variants('LAMP-S', 1.5), images: [A] },
      { variants: variants('1.23E+12', 'SOFA-1'), images: [B] },
      { variants: variants('RUG-1'), images: [C] },
    ])
    expect(await galleries(feed, mapping)).toEqual([
      ['LAMP-S', 'code-invalid'],
      ['1.5', 'code-invalid'],
      ['1.23E+12', 'code-invalid'],
      ['SOFA-1', 'code-invalid'],
      ['RUG-1', [C]],
    ])
  })
})

describe('records that contradict each other', () => {
  it('are said once per kind, with the places of the later ones', async () => {
    const rows = [
      ['LAMP-1', A, B, 'S'],
      ['LAMP-1', A, C, 'L'],
      ['LAMP-2', A, '', 'S'],
      ['LAMP-2', B, '', 'S'],
      ['LAMP-3', A, B, ''],
      ['LAMP-1', A, D, 'M'],
      ['LAMP-3', C, D, 'S'],
    ]
    const { entries, summary } = await read(aTable(['sku', 'image_1', 'image_2', 'size'], rows), { fields: ['size'] })
    expect(entries).toMatchObject([
      { code: 'LAMP-1', gallery: [A, B, C, D], fields: { size: 'S' } },
      { code: 'LAMP-2', gallery: [A, B], fields: { size: 'S' } },
      { code: 'LAMP-3', gallery: [A, B, C, D], fields: { size: 'S' } },
    ])
    expect(summary.warnings.filter(({ reason }) => reason.endsWith('-conflict'))).toEqual([
      {
        reason: 'gallery-conflict',
        count: 2,
        message: 'LAMP-1: records list different images; all of them are kept, in the order of the feed',
        places: ['lamps.csv:3', 'lamps.csv:8'],
      },
      {
        reason: 'column-conflict',
        count: 1,
        message: 'LAMP-1: records differ in "size": "S" and "L"; the first one counts',
        places: ['lamps.csv:3'],
      },
    ])
  })

  it('are not those that say the same twice, nor variants that differ in their columns', async () => {
    const same = [
      ['LAMP-1', A, B, 'S'],
      ['LAMP-1', A, B, 'S'],
    ]
    const { summary } = await read(aTable(['sku', 'image_1', 'image_2', 'size'], same), { fields: ['size'] })
    expect(summary.warnings.map(({ reason }) => reason)).toEqual(['duplicate-image'])
    const variants = [
      ['lamp', 'LAMP-S', A, '1', 'S'],
      ['lamp', 'LAMP-L', B, '2', 'L'],
    ]
    const shop = await read(aTable([...SHOPIFY, 'Size'], variants), { fields: ['Size'] })
    expect(shop.summary.warnings).toEqual([])
    expect(shop.entries).toMatchObject([{ fields: { Size: 'S' } }, { fields: { Size: 'L' } }])
  })
})

describe('what else a catalog knows', () => {
  const table = (file: string, isOpen: boolean): Feed => ({
    ...aTable(['sku', 'image'], [[file, A]], file),
    hasOpenEnd: () => isOpen,
  })
  const array = () => objects([{ sku: 'LAMP-1', image: A }])

  it.each<[string, Feed[], boolean | null]>([
    ['no file has one', [table('one.csv', false), table('two.csv', false)], false],
    ['the first file has one', [table('one.csv', true), table('two.csv', false)], true],
    ['the last file has one', [table('one.csv', false), array(), table('two.csv', true)], true],
    ['there are only files that know their end', [array()], null],
    ['one file knows its end', [array(), table('two.csv', false)], false],
  ])('an open end, as in a file that was cut off: %s', async (_, feeds, expected) => {
    const catalog = await readCatalog(source(...feeds), someOptions())
    catalog.close()
    expect(catalog.openEnd).toBe(expected)
  })

  it('the records as they were written, if that was asked for', async () => {
    const rows = [
      ['LAMP-1', ' lamp.jpg'],
      ['', ''],
      ['LAMP-2', A],
      ['LAMP-1', B],
    ]
    const feeds = () => source(aTable(['sku', 'image'], rows))
    const without = await readCatalog(feeds(), someOptions())
    expect(without.originals).toBeNull()
    without.close()
    const catalog = await readCatalog(feeds(), someOptions({ keepOriginals: true }))
    const { originals } = catalog
    const refused = { codes: new Set(['LAMP-1']), places: new Set<string>() }
    expect([...(originals?.of(refused) ?? [])].map(({ place, cells }) => [place, cells])).toEqual([
      ['lamps.csv:2', ['LAMP-1', ' lamp.jpg']],
      ['lamps.csv:5', ['LAMP-1', B]],
    ])
    catalog.close()
    expect(() => [...(originals?.of(refused) ?? [])]).toThrow('closed')
  })
})

describe('temporary files', () => {
  const leftovers = watchTemporaryFiles()
  const keeping = someOptions({ keepOriginals: true })

  const shop = () =>
    aTable(
      SHOPIFY,
      [
        ['lamp', '', A, '1'],
        ['sofa', '', B, '1'],
        ['lamp', '', C, '2'],
      ],
      'shop.csv',
    )

  it('are gone when a catalog of groups is closed', async () => {
    const catalog = await readCatalog(source(shop()), keeping)
    expect([...catalog.entries()]).toHaveLength(2)
    catalog.close()
    catalog.close()
    expect(leftovers()).toEqual([])
  })

  it('are gone when the feed breaks off while the code is still open', async () => {
    const broken: Feed = {
      ...shop(),
      records: (async function* () {
        yield [{ place: 'shop.csv:2', cells: ['lamp', '', A, '1'] }]
        throw new FeedError('shop.csv:3: the quote is never closed')
      })(),
    }
    const groupsBefore = aTable(SHOPIFY, [['rug', 'RUG-1', A, '1']], 'rugs.csv')
    await expect(readCatalog(source(groupsBefore, broken), keeping)).rejects.toThrow('never closed')
    expect(leftovers()).toEqual([])
  })

  it.each<[string, Feed]>([
    ['lacks a column', aTable(['name', 'colour'], [['Lamp', 'red']])],
    ['has no code', aTable(SHOPIFY, [['', '', A, '1']])],
    ['has no records', aTable(SHOPIFY, [])],
  ])('are gone when the feed is refused because it %s', async (_, feed) => {
    await expect(readCatalog(source(feed), keeping)).rejects.toThrow(FeedError)
    expect(leftovers()).toEqual([])
  })

  it.each<[string, Feed]>([
    ['has no usable image', aTable(SHOPIFY, [['lamp', 'LAMP-1', 'ftp://x', '1']])],
    ['has no image at all', aTable(SHOPIFY, [['lamp', 'LAMP-1', '', '']])],
  ])('are gone when a feed that %s is closed', async (_, feed) => {
    const catalog = await readCatalog(source(feed), keeping)
    expect(catalog.refusal).toBeInstanceOf(FeedError)
    catalog.close()
    expect(leftovers()).toEqual([])
  })
})
