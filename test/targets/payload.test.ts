import { describe, expect, it } from 'vitest'
import { printable } from '../../src/lib/text.ts'
import type { Product } from '../../src/model/product.ts'
import { TARGETS } from '../../src/targets/index.ts'
import type { Target } from '../../src/targets/target.ts'
import { aProduct, images } from '../helpers/items.ts'
import { HOSTILE_CODES } from './contract.ts'

/** Options of each type: those it cannot do without, and all that change what is sent. */
const OPTIONS: Readonly<Record<string, { readonly minimal: object; readonly full: object }>> = {
  catalogix: {
    minimal: { storeUuid: 'store', token: 'lamp-token' },
    full: {
      storeUuid: 'store',
      token: 'lamp-token',
      channel: 'B2B',
      attribute: 'Picture {rank}',
      assetType: 'video',
      productUuid: 'uuid',
    },
  },
  akeneo: {
    minimal: { clientId: 'id', secret: 's', username: 'u', password: 'p', family: 'packshots', attribute: 'media' },
    full: {
      clientId: 'id',
      secret: 's',
      username: 'u',
      password: 'p',
      family: 'packshots',
      attribute: 'media',
      code: 'x_{code}_{rank}',
      locale: 'en_US',
      channel: 'ecommerce',
      values: { uuid: '{column:uuid}', photographer: 'Studio Nord' },
      link: { attribute: 'gallery' },
    },
  },
  mediapocket: {
    minimal: { apiKey: 'key' },
    full: {
      apiKey: 'key',
      title: '{code} no. {rank}',
      externalId: '{code}/{rank}',
      description: '{column:uuid}',
      category: 'Lamps',
      tags: ['catalog', '{code}'],
      media: false,
    },
  },
  productai: {
    minimal: { apiKey: 'key' },
    full: {
      apiKey: 'key',
      auth: 'x-api-key',
      upload: 'file',
      name: '{code} {rank}',
      tags: ['{column:uuid}'],
      wait: false,
    },
  },
  emporix: {
    minimal: { tenant: 'lampshop', clientId: 'id', clientSecret: 'secret' },
    full: {
      tenant: 'lampshop',
      clientId: 'id',
      clientSecret: 'secret',
      upload: 'blob',
      refType: 'DOCUMENT',
      access: 'PRIVATE',
      resolve: 'none',
      filename: '{code}-{rank}-{column:uuid}',
    },
  },
}

const minimal = aProduct({ code: 'LAMP-1', gallery: ['https://cdn.example.com/lamp.jpg'] })

describe.each([...TARGETS])('payload of $type', target => {
  it('of a product with one image', () => {
    expect(payloadsOf(target, minimal)).toMatchSnapshot()
  })

  it('with every option', () => {
    const product = aProduct({ code: 'LAMP-1', gallery: images('LAMP-1', 2), fields: { uuid: 'b7e-23d7' } })
    expect(payloadsOf(target, product, 'full')).toMatchSnapshot()
  })

  it('of a product with thirty images, in the order of their ranks', () => {
    expect(payloadsOf(target, aProduct({ gallery: images('LAMP-001', 30) }))).toMatchSnapshot()
  })

  it('in any script', () => {
    const gallery = ['https://cdn.example.com/世界/größe.jpg', 'https://cdn.example.com/💡.jpg']
    expect(payloadsOf(target, aProduct({ code: 'Ångström ✨ مصباح', gallery }))).toMatchSnapshot()
  })

  it('of codes that break naive tools', () => {
    const texts = HOSTILE_CODES.map(code => payloadsOf(target, { ...minimal, code }).replaceAll(/\s*\n\s*/g, ''))
    expect(texts.map(printable).join('\n')).toMatchSnapshot()
  })
})

/** As text, because the order of keys is part of what is sent. */
function payloadsOf(target: Target, product: Product, set: 'minimal' | 'full' = 'minimal'): string {
  const options = target.options.parse(OPTIONS[target.type]?.[set])
  const items = target.encode(product, options)
  return JSON.stringify('reason' in items ? items : items.map(item => target.payload(item, options)), null, 2)
}
