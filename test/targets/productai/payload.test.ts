import { describe, expect, it } from 'vitest'
import type { Product } from '../../../src/model/product.ts'
import { productai } from '../../../src/targets/productai/index.ts'
import { labelFor } from '../../../src/targets/productai/payload.ts'
import { aProduct, images } from '../../helpers/items.ts'
import { HOSTILE_CODES } from '../contract.ts'
import { optionsOf } from './rig.ts'

function itemsOf(product: Partial<Product>, options: object = {}) {
  const items = productai.encode(aProduct(product), optionsOf(options))
  if ('reason' in items) throw new Error(items.message)
  return items
}

const payloadsOf = (product: Partial<Product>, options: object = {}) =>
  itemsOf(product, options).map(item => productai.payload(item, optionsOf(options)))

const tagsOf = (product: Partial<Product>, ...tags: string[]) =>
  itemsOf(product, { tags }).map(item => labelFor(item).tags.slice(0, -1))

describe('productai item', () => {
  it('is an image, known by code and URL', () => {
    const [url = '', ...others] = images('LAMP-1', 3)
    const items = itemsOf({ code: 'LAMP-1', gallery: [url, ...others] })
    expect(items.map(({ key, code, gallery }) => ({ key, code, gallery }))).toEqual(
      [url, ...others].map(each => ({ key: `LAMP-1 ${each}`, code: 'LAMP-1', gallery: [each] })),
    )
  })

  it('is sent with its URL, its name and its tags, one of which is ours', () => {
    expect(payloadsOf({ code: 'LAMP-1', gallery: ['https://cdn.example.com/lamp.jpg'] })).toEqual([
      {
        url: 'https://cdn.example.com/lamp.jpg',
        name: 'LAMP-1',
        tags: ['sku:LAMP-1', 'assetsync-50a5a324e81ca6330d77'],
      },
    ])
  })

  it('has another tag of ours for every code and every URL, and always the same', () => {
    const gallery = images('LAMP', 3)
    const tags = HOSTILE_CODES.flatMap(code => itemsOf({ code, gallery }).map(item => labelFor(item).tags.at(-1)))
    expect(new Set(tags).size).toBe(HOSTILE_CODES.length * 3)
    expect(tags.every(tag => /^assetsync-[0-9a-f]{20}$/.test(String(tag)))).toBe(true)
  })

  it('does not change when it only moves, even where its name tells the rank', () => {
    const options = { name: '{code} {rank}', tags: ['rank:{rank}'] }
    const gallery = images('LAMP-1', 3)
    const before = payloadsOf({ code: 'LAMP-1', gallery }, options)
    const after = payloadsOf({ code: 'LAMP-1', gallery: gallery.toReversed() }, options)
    expect(after.toReversed()).toEqual(before)
    expect(itemsOf({ code: 'LAMP-1', gallery }, options).map(item => labelFor(item).name)).toEqual([
      'LAMP-1 1',
      'LAMP-1 2',
      'LAMP-1 3',
    ])
  })

  it('takes columns into name and tags, and says which', () => {
    const templates = { name: '{column:Title} {rank}', tags: ['{column:Brand}', '{code}'] }
    const fields = { Title: 'Arc {rank}', Brand: 'Lumen' }
    const [item] = itemsOf({ code: 'LAMP-1', fields }, templates)
    expect(item && labelFor(item)).toMatchObject({ name: 'Arc {rank} 1', tags: ['Lumen', 'LAMP-1', expect.anything()] })
    expect(productai.columns(optionsOf(templates))).toEqual(['Title', 'Brand'])
  })

  it('has no name where the template gives none', () => {
    expect(payloadsOf({}, { name: '{column:Title}' })[0]).not.toHaveProperty('name')
  })

  it('has no tag that is blank, and none twice', () => {
    expect(tagsOf({ code: 'LAMP-1', gallery: images('LAMP-1', 1) }, '{column:Brand}', '{code}', 'LAMP-1', ' ')).toEqual(
      [['LAMP-1']],
    )
  })

  it('has no comma in any tag, because the filter of the list separates tags with it', () => {
    const facts = { code: 'a,b', gallery: images('a', 1), fields: { Sizes: 'S, M' } }
    expect(tagsOf(facts, 'sku:{code}', '{column:Sizes}')).toEqual([['sku:a%2Cb', 'S%2C M']])
    expect(payloadsOf(facts)).toMatchObject([{ name: 'a,b' }])
  })

  it('is refused with a tag that would be taken for ours, whoever it is from', () => {
    const product = aProduct({ code: 'LAMP-1', fields: { Tag: ' Assetsync-50a5a324e81ca6330d77' } })
    expect(productai.encode(product, optionsOf({ tags: ['{column:Tag}'] }))).toMatchObject({
      reason: 'tag-reserved',
      code: 'LAMP-1',
      message: expect.stringContaining('taken for one of assetsync'),
    })
  })
})

describe('productai options', () => {
  it('default to what the document says', () => {
    expect(optionsOf()).toEqual({
      apiKey: 'lamp-key',
      auth: 'bearer',
      upload: 'url',
      name: '{code}',
      tags: ['sku:{code}'],
      wait: true,
    })
  })

  it.each([{ tags: ['a,b'] }, { tags: [''] }, { auth: 'basic' }, { upload: 'blob' }, { apiKey: 'a b' }, { key: 'x' }])(
    'refuse %o',
    facts => {
      expect(productai.options.safeParse({ apiKey: 'lamp-key', ...facts }).success).toBe(false)
    },
  )

  it('take a column with a comma in its name', () => {
    expect(productai.columns(optionsOf({ tags: ['{column:Size, cm}'] }))).toEqual(['Size, cm'])
  })

  it.each([
    ['bearer', { authorization: 'Bearer lamp-key' }],
    ['x-api-key', { 'x-api-key': 'lamp-key' }],
  ])('put the key into the header that %s means, without asking anybody', async (auth, headers) => {
    const none = async () => {
      throw new Error('asked')
    }
    const io = { send: none, image: none, note: none, baseUrl: '' }
    expect(await productai.login(io, optionsOf({ auth }), null)).toEqual({ headers, expiresIn: null })
  })
})
