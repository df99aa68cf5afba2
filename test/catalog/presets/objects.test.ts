import { describe, expect, it } from 'vitest'
import { detectObjects } from '../../../src/catalog/detect.ts'
import { PRESETS } from '../../../src/catalog/presets/index.ts'
import type { JsonObject } from '../../../src/model/json.ts'
import { galleries, objects, url } from '../feeds.ts'

const lamp = {
  shopify: {
    id: 7,
    title: 'Arc lamp',
    handle: 'arc-lamp',
    body_html: '',
    vendor: 'Lumen',
    variants: [
      { id: 71, sku: 'ARC-BLACK' },
      { id: 72, sku: 'ARC-WHITE' },
    ],
    images: [
      { id: 2, position: 2, src: url('arc-2') },
      { id: 1, position: 1, src: url('arc-1') },
    ],
  },
  woocommerce: {
    id: 7,
    name: 'Arc lamp',
    permalink: 'https://lamps.example/arc',
    catalog_visibility: 'visible',
    sku: 'ARC',
    images: [{ id: 1, src: url('arc-1') }],
  },
  storefront: {
    id: 7,
    name: 'Arc lamp',
    permalink: 'https://lamps.example/arc',
    is_purchasable: true,
    sku: 'ARC',
    images: [{ id: 1, src: url('arc-1') }],
  },
  magento: {
    id: 7,
    sku: 'ARC',
    attribute_set_id: 4,
    type_id: 'simple',
    media_gallery_entries: [
      { id: 1, media_type: 'image', position: 2, disabled: false, file: '/a/r/arc-2.jpg' },
      { id: 2, media_type: 'image', position: 1, disabled: false, file: '/a/r/arc-1.jpg' },
    ],
  },
  medusa: {
    id: 'prod_7',
    handle: 'arc-lamp',
    thumbnail: url('arc-1'),
    variants: [{ id: 'variant_1', sku: 'ARC' }],
    images: [{ url: url('arc-1') }, { url: url('arc-2') }],
  },
  googleXml: { 'g:id': 'ARC', 'g:image_link': url('arc-1'), 'g:additional_image_link': [url('arc-2'), url('arc-3')] },
  atom: { id: 'ARC', image_link: url('arc-1'), additional_image_link: url('arc-2') },
  googleApi: { offerId: 'ARC', imageLink: url('arc-1'), additionalImageLinks: [url('arc-2')] },
} satisfies Record<string, JsonObject>

const ONE = [url('arc-1')]
const TWO = [url('arc-1'), url('arc-2')]

describe.each([
  {
    what: 'Shopify products',
    preset: 'shopify',
    object: lamp.shopify,
    galleries: [
      ['ARC-BLACK', TWO],
      ['ARC-WHITE', TWO],
    ],
  },
  { what: 'WooCommerce products', preset: 'woocommerce', object: lamp.woocommerce, galleries: [['ARC', ONE]] },
  {
    what: 'products of a WooCommerce storefront',
    preset: 'woocommerce',
    object: lamp.storefront,
    galleries: [['ARC', ONE]],
  },
  {
    what: 'Magento products',
    preset: 'magento',
    object: lamp.magento,
    galleries: [['ARC', ['https://cdn.example.com/a/r/arc-1.jpg', 'https://cdn.example.com/a/r/arc-2.jpg']]],
  },
  { what: 'Medusa products', preset: 'medusa', object: lamp.medusa, galleries: [['ARC', TWO]] },
  {
    what: 'items of a Google Merchant feed',
    preset: 'google',
    object: lamp.googleXml,
    galleries: [['ARC', [...TWO, url('arc-3')]]],
  },
  { what: 'entries of an Atom feed', preset: 'google', object: lamp.atom, galleries: [['ARC', TWO]] },
  { what: 'products of the Google Content API', preset: 'google', object: lamp.googleApi, galleries: [['ARC', TWO]] },
])('$what', ({ preset, object, galleries: expected }) => {
  it('are recognised by no other platform', () => {
    const claiming = PRESETS.filter(each => detectObjects(object, [each]) !== null).map(({ name }) => name)
    expect(claiming).toEqual([preset])
  })

  it('are read whole', async () => {
    expect(await galleries(objects([object]), { imageBaseUrl: 'https://cdn.example.com/' })).toEqual(expected)
  })
})

describe('items of a Google Merchant feed', () => {
  it('are recognised when the first of them has no image', async () => {
    const items = [{ 'g:id': 'MOON', 'g:title': 'Moon lamp' }, lamp.googleXml]
    expect(await galleries(objects(items))).toEqual([['ARC', [...TWO, url('arc-3')]]])
  })

  it('are recognised without a prefix when the first of them has no image', async () => {
    const items = [{ id: 'MOON', title: 'Moon lamp', google_product_category: '594' }, lamp.atom]
    expect(await galleries(objects(items))).toEqual([['ARC', TWO]])
  })
})

describe('objects of no platform', () => {
  it.each<JsonObject>([
    { id: 1, sku: 'ARC', images: [url('a')], thumbnail: url('a') },
    { handle: 'arc', images: [url('a')] },
    { sku: 'ARC', variants: [], images: [] },
  ])('are left to the usual names', object => {
    expect(detectObjects(object)).toBeNull()
  })
})
