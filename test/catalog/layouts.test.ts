import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Feed } from '../../src/model/record.ts'
import { aTable, galleries, objects, url } from './feeds.ts'

interface Sample {
  readonly code: string
  readonly gallery: readonly string[]
}

const codes = fc.oneof(
  fc.stringMatching(/^[A-Z]{2}-\d{1,3}$/),
  fc.constantFrom('007', '7', '0', '1E5', '__proto__', 'constructor', 'toString', 'Été', '電気'),
)
const catalogs: fc.Arbitrary<Sample[]> = fc.uniqueArray(
  fc.record({ code: codes, gallery: fc.uniqueArray(fc.nat(30).map(String).map(url), { minLength: 1, maxLength: 6 }) }),
  { selector: sample => sample.code, minLength: 1, maxLength: 12 },
)

const expected = (catalog: readonly Sample[]) => new Map(catalog.map(({ code, gallery }) => [code, gallery]))
const found = async (feeds: Feed | readonly Feed[], mapping = {}) => new Map(await galleries(feeds, mapping))

/** A record per image: code, URL and position. */
function longRows(catalog: readonly Sample[], firstPosition: number): string[][] {
  return catalog.flatMap(({ code, gallery }) => gallery.map((image, at) => [code, image, String(firstPosition + at)]))
}

/** A product of a shop: its variants and its images stand beside each other by chance, whichever are more. */
function shopRows({ gallery, variants }: { gallery: number; variants: number }, product: number): string[][] {
  return Array.from({ length: Math.max(gallery, variants) }, (_, at) => [
    `lamp-${product}`,
    at < variants ? `L-${product}-${at}` : '',
    at < gallery ? url(`${product}/${at}`) : '',
    at < gallery ? String(at + 1) : '',
  ])
}

describe('layouts', () => {
  it('wide: an image per column, in any order of columns', async () => {
    await fc.assert(
      fc.asyncProperty(catalogs, fc.shuffledSubarray([1, 2, 3, 4, 5, 6], { minLength: 6 }), async (catalog, order) => {
        const rows = catalog.map(({ code, gallery }) => [code, ...order.map(number => gallery[number - 1] ?? '')])
        const feed = aTable(['sku', ...order.map(number => `image_${number}`)], rows)
        expect(await found(feed, { images: ['image_*'] })).toEqual(expected(catalog))
      }),
    )
  })

  it('long: a record per image with its position, from 0 or 1, shuffled over several files', async () => {
    const long = catalogs.chain(catalog =>
      fc.tuple(
        fc.constant(catalog),
        fc.constantFrom(0, 1).chain(first => {
          const rows = longRows(catalog, first)
          return fc.shuffledSubarray(rows, { minLength: rows.length })
        }),
        fc.nat(),
      ),
    )
    await fc.assert(
      fc.asyncProperty(long, async ([catalog, rows, cut]) => {
        const border = cut % (rows.length + 1)
        const files = [rows.slice(0, border), rows.slice(border)].filter(part => part.length > 0)
        const feeds = files.map((part, at) => aTable(['sku', 'photo', 'rank'], part, `part-${at}.csv`))
        const galleriesFound = await galleries(feeds, { images: ['photo'], position: 'rank' })
        expect(new Map(galleriesFound)).toEqual(expected(catalog))
        const order = [...new Set(rows.map(([code]) => code))]
        expect(galleriesFound.map(([code]) => code)).toEqual(order)
      }),
    )
  })

  it('long without positions: the order of the records', async () => {
    const interleaved = catalogs.chain(catalog =>
      fc.tuple(fc.constant(catalog), fc.array(fc.nat(), { minLength: 72, maxLength: 72 })),
    )
    await fc.assert(
      fc.asyncProperty(interleaved, async ([catalog, turns]) => {
        const queues = catalog.map(({ code, gallery }) => gallery.map(image => [code, image]))
        const rows = turns.flatMap(turn => {
          const open = queues.filter(queue => queue.length > 0)
          return open[turn % open.length]?.splice(0, 1) ?? []
        })
        expect(await found(aTable(['sku', 'image'], rows))).toEqual(expected(catalog))
      }),
    )
  })

  it('list: all images in one cell', async () => {
    await fc.assert(
      fc.asyncProperty(catalogs, fc.constantFrom('|', ', ', ';', '\n'), async (catalog, separator) => {
        const rows = catalog.map(({ code, gallery }) => [code, gallery.join(separator)])
        expect(await found(aTable(['sku', 'images'], rows), { separator })).toEqual(expected(catalog))
      }),
    )
  })

  it('long with variants, as shops export it: in any order of the records', async () => {
    const shops = fc
      .array(fc.record({ gallery: fc.integer({ min: 1, max: 5 }), variants: fc.integer({ min: 1, max: 4 }) }), {
        minLength: 1,
        maxLength: 6,
      })
      .chain(products => {
        const rows = products.flatMap(shopRows)
        return fc.tuple(fc.constant(rows), fc.shuffledSubarray(rows, { minLength: rows.length }))
      })
    const columns = ['Handle', 'Variant SKU', 'Image Src', 'Image Position']
    await fc.assert(
      fc.asyncProperty(shops, async ([rows, shuffled]) => {
        const ordered = await found(aTable(columns, rows))
        expect(await found(aTable(columns, shuffled))).toEqual(ordered)
        expect(ordered.size).toBe(rows.filter(([, sku]) => sku !== '').length)
      }),
    )
  })

  it('nested: objects with a list of images', async () => {
    await fc.assert(
      fc.asyncProperty(catalogs, async catalog => {
        const values = catalog.map(({ code, gallery }) => ({
          product: { code },
          images: gallery.map(src => ({ src, alt: 'a lamp' })),
        }))
        const mapping = { code: 'product.code', images: ['images[].src'] }
        expect(await found(objects(values), mapping)).toEqual(expected(catalog))
      }),
    )
  })
})
