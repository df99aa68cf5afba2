import { describe, expect, it } from 'vitest'
import { readCatalog } from '../../src/catalog/index.ts'
import { FeedError } from '../../src/model/errors.ts'
import { EXIT } from '../../src/model/exit.ts'
import type { Feed } from '../../src/model/record.ts'
import { aTable, galleries, objects, read, someOptions, source, url } from './feeds.ts'
import { watchTemporaryFiles } from './temporary-files.ts'

const [A, B, C, D] = [url('a'), url('b'), url('c'), url('d')]

async function refusal(feeds: Feed | readonly Feed[], mapping = {}): Promise<{ message: string; fix: string | null }> {
  const error = await read(feeds, mapping).catch(thrown => thrown)
  return wordsOf(error)
}

/** The refusal of feeds that can be read to the end, but not sent. */
async function laterRefusal(feed: Feed): Promise<{ message: string; fix: string | null }> {
  const catalog = await readCatalog(source(feed), someOptions())
  catalog.close()
  return wordsOf(catalog.refusal)
}

function wordsOf(error: unknown): { message: string; fix: string | null } {
  if (!(error instanceof FeedError)) throw new Error(`it was not refused: ${error}`)
  expect(error.exit).toBe(EXIT.feed)
  return { message: error.message, fix: error.fix }
}

describe('catalog', () => {
  it('takes for the code what all objects have, although one has a better name for it', async () => {
    const feed = objects([
      { id: 'LAMP-1', image: A },
      { id: 'LAMP-2', sku: 'S-2', image: B },
    ])
    expect(await galleries(feed)).toEqual([
      ['LAMP-1', [A]],
      ['LAMP-2', [B]],
    ])
  })

  it('finds the images of objects of which the first has none', async () => {
    const feed = objects([
      { sku: 'LAMP-1', name: 'A lamp that was not photographed yet' },
      { sku: 'LAMP-2', images: [] },
      { sku: 'LAMP-3', images: [A, B] },
    ])
    expect(await galleries(feed)).toEqual([['LAMP-3', [A, B]]])
  })

  it('makes one product of each record of a wide feed', async () => {
    const feed = aTable(
      ['sku', 'image_2', 'image_1', 'uuid'],
      [
        ['LAMP-1', B, A, 'u-1'],
        ['LAMP-2', '', C, ''],
      ],
      'lamps.csv',
      ['delimiter ,'],
    )
    expect(await read(feed, { fields: ['uuid'] })).toEqual({
      entries: [
        { seq: 0, code: 'LAMP-1', gallery: [A, B], fields: { uuid: 'u-1' }, source: 'lamps.csv:2', dropped: null },
        { seq: 1, code: 'LAMP-2', gallery: [C], fields: { uuid: '' }, source: 'lamps.csv:3', dropped: null },
      ],
      summary: {
        files: ['lamps.csv'],
        records: 2,
        products: 2,
        images: 3,
        rejected: 0,
        withoutImages: 0,
        warnings: [],
      },
      notes: [
        'lamps.csv: delimiter ,',
        'lamps.csv: preset: generic (usual column names)',
        'lamps.csv: image columns: image_1, image_2',
        'lamps.csv: code column: sku',
      ],
    })
  })

  it('makes one product of many records, by position, wherever they lie', async () => {
    const rows = [
      ['LAMP-1', B, '2'],
      ['SOFA-1', C, '1'],
      ['LAMP-1', D, ''],
      ['LAMP-1', A, '1'],
      ['SOFA-1', D, '0'],
    ]
    expect(await galleries(aTable(['sku', 'image', 'image_position'], rows))).toEqual([
      ['LAMP-1', [A, B, D]],
      ['SOFA-1', [D, C]],
    ])
  })

  it('makes one product of records in several files and formats, in the order of the first ones', async () => {
    const feeds = [
      aTable(
        ['sku', 'image'],
        [
          ['LAMP-1', A],
          ['LAMP-2', B],
        ],
        'one.csv',
      ),
      objects(
        [
          { id: 'LAMP-3', photo: C },
          { id: 'LAMP-1', photo: D },
        ],
        'two.json',
      ),
      aTable(['image', 'sku'], [[D, 'LAMP-2']], 'three.csv'),
    ]
    const { entries, summary } = await read(feeds)
    expect(entries).toEqual([
      { seq: 0, code: 'LAMP-1', gallery: [A, D], fields: {}, source: 'one.csv:2', dropped: null },
      { seq: 1, code: 'LAMP-2', gallery: [B, D], fields: {}, source: 'one.csv:3', dropped: null },
      { seq: 2, code: 'LAMP-3', gallery: [C], fields: {}, source: 'two.json#0', dropped: null },
    ])
    expect(summary).toMatchObject({ files: ['one.csv', 'two.json', 'three.csv'], records: 5, products: 3, images: 5 })
  })

  it('appends the images of wide records that repeat a code', async () => {
    const rows = [
      ['LAMP-1', A, B],
      ['LAMP-1', C, A],
    ]
    const { entries, summary } = await read(aTable(['sku', 'image_1', 'image_2'], rows))
    expect(entries).toMatchObject([{ gallery: [A, B, C] }])
    expect(summary.warnings).toEqual([
      {
        reason: 'gallery-conflict',
        count: 1,
        message: 'LAMP-1: records list different images; all of them are kept, in the order of the feed',
        places: ['lamps.csv:3'],
      },
      {
        reason: 'duplicate-image',
        count: 1,
        message: `LAMP-1 names 1 image more than once; each keeps its first place (${A})`,
        places: ['lamps.csv:2'],
      },
    ])
  })

  it('reads lists in a cell', async () => {
    const feed = aTable(['sku', 'images'], [['LAMP-1', `${B} | ${A}|${B}`]])
    expect(await galleries(feed, { separator: '|' })).toEqual([['LAMP-1', [B, A]]])
  })

  it('reads nested objects', async () => {
    const feed = objects([
      { code: 'LAMP-1', media: { images: [{ src: A }, { src: B }] } },
      { code: 'LAMP-2', media: { images: [{ src: C }] } },
    ])
    expect(await galleries(feed, { images: ['media.images[].src'] })).toEqual([
      ['LAMP-1', [A, B]],
      ['LAMP-2', [C]],
    ])
  })

  it('ranks the images of an object by the position that each has', async () => {
    const images = [
      { src: B, position: 2 },
      { src: A, position: 1 },
    ]
    const mapping = { images: ['images[].src'], position: 'images[].position' }
    expect(await galleries(objects([{ sku: 'LAMP-1', images }]), mapping)).toEqual([['LAMP-1', [A, B]]])
  })

  it('resolves relative paths', async () => {
    const feed = aTable(['sku', 'image'], [['LAMP-1', 'l/red lamp.jpg']])
    expect(await galleries(feed, { imageBaseUrl: 'https://media.example/' })).toEqual([
      ['LAMP-1', ['https://media.example/l/red%20lamp.jpg']],
    ])
  })

  it('keeps codes that look like numbers or like parts of objects, each a product of its own', async () => {
    const codes = ['007', '07', '7', '0', '00', '1E5', '100000', '__proto__', 'constructor', 'toString', 'A', 'a', 'á']
    const rows = [...codes, ...codes].map((code, at) => [code, url(`${at}`), 'u'])
    const { entries } = await read(aTable(['sku', 'image', '__proto__'], rows), { fields: ['__proto__'] })
    expect(entries.map(entry => entry.code)).toEqual(codes)
    expect(entries.map(entry => ('gallery' in entry ? entry.gallery.length : 0))).toEqual(codes.map(() => 2))
    expect(entries.map(entry => 'fields' in entry && Object.entries(entry.fields))).toEqual(
      codes.map(() => [['__proto__', 'u']]),
    )
  })

  it('leaves products with blank galleries out and says how many', async () => {
    const rows = [
      ['LAMP-1', '', ''],
      ['LAMP-2', A, ''],
      ['LAMP-3', ' ', ''],
      ['LAMP-1', '', ''],
    ]
    const { entries, summary } = await read(aTable(['sku', 'image_1', 'image_2'], rows))
    expect(entries.map(entry => entry.code)).toEqual(['LAMP-2'])
    expect(summary).toEqual({
      files: ['lamps.csv'],
      records: 4,
      products: 1,
      images: 1,
      rejected: 0,
      withoutImages: 2,
      warnings: [
        {
          reason: 'without-images',
          count: 2,
          message: 'LAMP-1 has no image in the feed; what the targets hold of it stays as it is',
          places: ['lamps.csv:2', 'lamps.csv:4'],
        },
      ],
    })
  })

  it('keeps a file whose products all have blank galleries', async () => {
    const feeds = [
      objects([{ sku: 'LAMP-1', images: [{ src: A }] }], 'old.json'),
      objects(
        [
          { sku: 'LAMP-2', images: [] },
          { sku: 'LAMP-3', images: null },
        ],
        'new.json',
      ),
    ]
    const { summary } = await read(feeds, { code: 'sku', images: ['images[].src'] })
    expect(summary).toMatchObject({ products: 1, withoutImages: 2, rejected: 0 })
  })

  it('skips records that are blank as a whole', async () => {
    const rows = [
      ['', ''],
      ['LAMP-1', A],
      [' ', ''],
    ]
    const { entries, summary } = await read(aTable(['sku', 'image'], rows))
    expect({ entries: entries.length, records: summary.records }).toEqual({ entries: 1, records: 1 })
  })

  it('rejects records without a code, each with its place, and keeps the others', async () => {
    const rows = [
      ['LAMP-1', A],
      ['', B],
      ['LAMP-1', C],
      ['  ', D],
    ]
    const { entries, summary } = await read(aTable(['sku', 'image'], rows))
    const message = 'The record has no product code.'
    const missing = { code: null, reason: 'code-missing', message, fix: 'Fill in "sku".' }
    expect(entries).toEqual([
      { seq: 0, code: 'LAMP-1', gallery: [A, C], fields: {}, source: 'lamps.csv:2', dropped: null },
      { seq: 1, source: 'lamps.csv:3', ...missing },
      { seq: 3, source: 'lamps.csv:5', ...missing },
    ])
    expect(summary).toMatchObject({ records: 4, products: 1, rejected: 2 })
  })

  it('rejects codes that JSON cannot hold exactly', async () => {
    const feed = objects([
      { sku: JSON.parse('9007199254740993'), image: A },
      { sku: 7, image: B },
    ])
    const { entries } = await read(feed)
    expect(entries).toEqual([
      {
        seq: 0,
        code: '9007199254740992',
        reason: 'code-invalid',
        message: 'The code 9007199254740992 is a number that JSON cannot hold exactly.',
        fix: 'Write it as text: "…".',
        source: 'lamps.json#0',
      },
      { seq: 1, code: '7', gallery: [B], fields: {}, source: 'lamps.json#1', dropped: null },
    ])
  })

  it('rejects codes that a spreadsheet has shortened or that are no text', async () => {
    const rows = [
      ['1.23E+12', A],
      ['LAMP\u0000', B],
      ['1E5', C],
    ]
    const { entries } = await read(aTable(['sku', 'image'], rows))
    expect(entries.map(entry => [entry.seq, entry.code, 'reason' in entry ? entry.reason : entry.gallery])).toEqual([
      [0, '1.23E+12', 'code-invalid'],
      [1, 'LAMP\u0000', 'code-invalid'],
      [2, '1E5', [C]],
    ])
  })

  it('rejects a product for one unusable image in any of its records, and sends every other', async () => {
    const rows = [
      ['LAMP-1', A],
      ['LAMP-2', B],
      ['LAMP-1', 'lamp.jpg'],
    ]
    const { entries, summary } = await read(aTable(['sku', 'image'], rows))
    expect(entries).toMatchObject([
      { seq: 0, code: 'LAMP-1', reason: 'url-invalid', source: 'lamps.csv:4' },
      { seq: 1, code: 'LAMP-2', gallery: [B] },
    ])
    expect(summary).toMatchObject({ products: 1, images: 1, rejected: 1 })
  })

  it('drops unusable images on request, and closes up', async () => {
    const rows = [
      ['LAMP-1', 'lamp.jpg', A],
      ['LAMP-2', 'lamp.jpg', ''],
    ]
    const { entries } = await read(aTable(['sku', 'image_1', 'image_2'], rows), { onBadImage: 'drop-image' })
    const why = '"lamp.jpg" is not a complete URL.'
    const fix = 'Name its base with --image-base-url.'
    const list = 'If it is a part of a longer URL, name the text between the URLs with --separator.'
    expect(entries).toEqual([
      {
        seq: 0,
        code: 'LAMP-1',
        gallery: [A],
        fields: {},
        source: 'lamps.csv:2',
        dropped: `Left out: ${why} ${fix} ${list} (lamps.csv:2)`,
      },
      {
        seq: 1,
        code: 'LAMP-2',
        reason: 'url-invalid',
        message: `${why} No other image is left.`,
        fix,
        source: 'lamps.csv:3',
      },
    ])
  })

  it('says which records claim one position', async () => {
    const rows = [
      ['LAMP-1', B, '1'],
      ['LAMP-1', A, '1'],
    ]
    const { entries, summary } = await read(aTable(['sku', 'image', 'image rank'], rows))
    expect(entries).toMatchObject([{ gallery: [B, A] }])
    expect(summary.warnings).toMatchObject([{ reason: 'position-conflict', count: 1 }])
  })

  it('takes a further field from the first record that has it', async () => {
    const rows = [
      ['LAMP-1', A, ''],
      ['LAMP-2', B, ''],
      ['LAMP-1', C, 'u-1'],
      ['LAMP-1', D, 'u-2'],
    ]
    const { entries } = await read(aTable(['sku', 'image', 'uuid'], rows), { fields: ['uuid'] })
    expect(entries).toMatchObject([{ fields: { uuid: 'u-1' } }, { fields: { uuid: '' } }])
  })

  it('takes an optional field where the feed has its column, and leaves it out where it has not', async () => {
    const options = { optionalFields: ['Photographer', 'Studio Nord'] }
    const table = aTable(['sku', 'image', 'Photographer'], [['LAMP-1', A, 'Ada']])
    const { entries } = await read(table, options)
    expect(entries.map(entry => ('fields' in entry ? entry.fields : null))).toEqual([{ Photographer: 'Ada' }])
  })

  it('tells its progress page by page', async () => {
    const seen: number[] = []
    const rows = Array.from({ length: 7 }, (_, at) => [`LAMP-${at}`, A])
    const progress = (count: number) => seen.push(count)
    const catalog = await readCatalog(source(aTable(['sku', 'image'], rows)), someOptions({ progress }))
    catalog.close()
    expect(seen).toEqual([3, 6, 7])
  })
})

describe('a feed is refused as a whole', () => {
  it('when a column is missing, before its records are read to the end, and then it is closed', async () => {
    let isClosed = false
    const feed: Feed = {
      ...aTable(['sku', 'picture'], []),
      records: (async function* () {
        try {
          yield [{ place: 'lamps.csv:2', cells: ['LAMP-1', A] }]
          yield await Promise.reject(new Error('it was read on'))
        } finally {
          isClosed = true
        }
      })(),
    }
    expect(await refusal(feed, { images: ['pictures'] })).toEqual({
      message: 'lamps.csv has no column "pictures" (named by --image-columns or feed.images).',
      fix: 'Did you mean "picture"? The columns are: sku, picture.',
    })
    expect(isClosed).toBe(true)
  })

  it('when a path leads nowhere in a file', async () => {
    const feeds = [objects([{ sku: 'a', image: A }], 'one.json'), objects([{ code: 'b', image: B }], 'two.json')]
    expect(await refusal(feeds, { code: 'sku', images: ['image'] })).toEqual({
      message: 'No object in two.json has "sku".',
      fix: 'The first objects have: code, image.',
    })
  })

  it('when the code is blank everywhere, which is said once', async () => {
    const rows = [
      ['', A],
      ['', B],
    ]
    expect(await refusal(aTable(['sku', 'image'], rows))).toEqual({
      message: 'No record has a product code. lamps.csv: "sku" is blank in all 2 records.',
      fix: 'Name the column that holds it with --code-column.',
    })
    expect(await refusal(objects([{ sku: null, image: A }]))).toEqual({
      message: 'No record has a product code. lamps.json: "sku" is blank in all 1 record.',
      fix: 'Name the column that holds it with --code-column.',
    })
  })

  it('when the fall-backs of the code are blank as well', async () => {
    const rows = [
      ['', '', A],
      ['', ' ', B],
    ]
    expect(await refusal(aTable(['sku', 'id', 'image'], rows))).toMatchObject({
      message: 'No record has a product code. lamps.csv: "sku" and "id" are blank in all 2 records.',
    })
    expect(await refusal(aTable(['sku', 'id', 'image'], rows), { code: 'sku' })).toMatchObject({
      message: 'No record has a product code. lamps.csv: "sku" is blank in all 2 records.',
    })
  })

  it('when it has no records at all', async () => {
    expect(await refusal(aTable(['sku', 'image'], []))).toEqual({
      message: 'lamps.csv holds no records.',
      fix: 'Check that the export was finished.',
    })
    expect(await refusal([])).toMatchObject({ message: 'The feed holds no records.' })
  })
})

describe('a feed of which nothing can be sent is read to the end, and refused', () => {
  it('when no product has an image', async () => {
    const rows = [
      ['LAMP-1', ''],
      ['LAMP-2', ''],
    ]
    expect(await laterRefusal(aTable(['sku', 'image'], rows))).toEqual({
      message: 'No product of lamps.csv can be sent. 2 products have no image.',
      fix: 'Check which columns hold the code and the images (--code-column, --image-columns).',
    })
  })

  it('when every record is rejected, with the first reason', async () => {
    expect(await laterRefusal(aTable(['sku', 'image'], [['LAMP-1', 'lamp.jpg']]))).toEqual({
      message:
        'No product of lamps.csv can be sent. 1 record was rejected; the first, lamps.csv:2: "lamp.jpg" is not a complete URL.',
      fix: 'Name its base with --image-base-url.',
    })
    expect(
      await laterRefusal(
        objects([
          { sku: 1e300, image: A },
          { sku: 1e301, image: A },
        ]),
      ),
    ).toMatchObject({
      message: expect.stringMatching(
        /^No product of lamps.json can be sent. 2 records were rejected; the first, lamps.json#0: The code 1e\+300 is/,
      ),
    })
  })

  it('with everything that is wrong with it, and its records, still there', async () => {
    const rows = [
      ['LAMP-1', 'lamp.jpg'],
      ['LAMP-2', ''],
    ]
    const { entries, summary } = await read(aTable(['sku', 'image'], rows))
    expect(entries).toMatchObject([{ code: 'LAMP-1', reason: 'url-invalid', source: 'lamps.csv:2' }])
    expect(summary).toMatchObject({ records: 2, products: 0, rejected: 1, withoutImages: 1 })
  })

  it('but not when there is one product', async () => {
    const catalog = await readCatalog(source(aTable(['sku', 'image'], [['LAMP-1', A]])), someOptions())
    catalog.close()
    expect(catalog.refusal).toBeNull()
  })
})

describe('a feed of refused records that were handed back', () => {
  const isCorrection = async (...feeds: Feed[]) => {
    const catalog = await readCatalog(source(...feeds), someOptions())
    catalog.close()
    return catalog.isCorrection
  }

  it.each<[string, Feed[], boolean]>([
    ['a table', [aTable(['sku', 'image', 'assetsync_reason'], [['LAMP-1', A, 'url-invalid']])], true],
    ['objects', [objects([{ sku: 'LAMP-1', image: A, assetsync_reason: '' }])], true],
    [
      'one of several files',
      [aTable(['sku', 'image'], [['L', A]]), aTable(['sku', 'image', 'assetsync_reason'], [])],
      true,
    ],
    ['another table', [aTable(['sku', 'image', 'reason'], [['LAMP-1', A, 'assetsync_reason']])], false],
  ])('is known by the column of reasons: %s', async (_, feeds, expected) => {
    expect(await isCorrection(...feeds)).toBe(expected)
  })
})

describe('a catalog on disk', () => {
  const leftovers = watchTemporaryFiles()

  const scattered = () =>
    aTable(
      ['sku', 'image'],
      [
        ['LAMP-1', A],
        ['LAMP-2', B],
        ['LAMP-1', C],
        ['', D],
      ],
    )

  it('can be walked through several times, also at once and when a walk is left early', async () => {
    const catalog = await readCatalog(source(scattered()), someOptions())
    const all = [...catalog.entries()]
    const walk = catalog.entries()
    walk.next()
    expect([...catalog.entries()]).toEqual(all)
    expect([...walk]).toEqual(all.slice(1))
    for (const _ of catalog.entries()) break
    expect([...catalog.entries()]).toEqual(all)
    catalog.close()
  })

  it('leaves nothing behind when it is closed, and cannot be walked through any more', async () => {
    const catalog = await readCatalog(source(scattered()), someOptions())
    catalog.close()
    catalog.close()
    expect(leftovers()).toEqual([])
    expect(() => [...catalog.entries()]).toThrow('closed')
  })

  it('names the codes without images also when it was read', async () => {
    const rows = [
      ['LAMP-1', A],
      ['LAMP-2', ''],
      ['LAMP-3', ''],
    ]
    const catalog = await readCatalog(source(aTable(['sku', 'image'], rows)), someOptions())
    expect([...catalog.blanks()]).toEqual(['LAMP-2', 'LAMP-3'])
    catalog.close()
    expect(leftovers()).toEqual([])
  })

  it('leaves nothing behind when the feed breaks off', async () => {
    const broken: Feed = {
      ...scattered(),
      records: (async function* () {
        yield [{ place: 'lamps.csv:2', cells: ['LAMP-1', A] }]
        throw new FeedError('lamps.csv:3: the quote is never closed')
      })(),
    }
    await expect(read(broken)).rejects.toThrow('never closed')
    expect(leftovers()).toEqual([])
  })

  it('leaves nothing behind when the feed is refused at the end', async () => {
    await laterRefusal(aTable(['sku', 'image'], [['LAMP-1', 'lamp.jpg']]))
    await expect(read(aTable(['sku', 'image'], [['', A]]))).rejects.toThrow(FeedError)
    expect(leftovers()).toEqual([])
  })
})
