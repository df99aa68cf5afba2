import { describe, expect, it } from 'vitest'
import { isJsonObject } from '../../../src/model/json.ts'
import type { Product } from '../../../src/model/product.ts'
import { mediapocket } from '../../../src/targets/mediapocket/index.ts'
import { aProduct } from '../../helpers/items.ts'
import { itemsOf, optionsOf } from './rig.ts'

const lamp = aProduct({
  code: 'LAMP-1',
  gallery: ['https://cdn.example.com/lamp/front.png', 'https://cdn.example.com/lamp/4711?size=large'],
  fields: { Name: 'Desk lamp', Room: 'Office', Blank: ' ' },
})

function payloadsOf(facts: object = {}, product: Product = lamp) {
  const options = optionsOf(facts)
  return itemsOf(options, [product]).map(item => mediapocket.payload(item, options))
}

function assetOf(facts: object): unknown {
  const [payload] = payloadsOf(facts)
  return isJsonObject(payload) ? payload.asset : undefined
}

describe('mediapocket items', () => {
  it('are the images of a product, each with an external id of its own', () => {
    const items = mediapocket.encode(lamp, optionsOf())
    expect(items).toEqual(
      lamp.gallery.map((url, at) => ({
        key: `LAMP-1#${at + 1}`,
        code: 'LAMP-1',
        gallery: [url],
        values: { title: `LAMP-1 ${at + 1}`, description: 'LAMP-1', category: 'products', tags: ['catalog'] },
      })),
    )
  })

  it('refuse a template that would give all images of a product one external id', () => {
    const { error } = mediapocket.options.safeParse({ apiKey: 'lamp-key', externalId: '{code}' })
    expect(error?.issues.map(({ path, message }) => [path, message])).toEqual([[['externalId'], 'must contain {rank}']])
  })

  it('are told apart exactly as they are written', () => {
    expect(['LAMP-1#1', 'lamp-1#1', ' LAMP-1#1'].map(key => mediapocket.fold?.(key))).toEqual([
      'LAMP-1#1',
      'lamp-1#1',
      ' LAMP-1#1',
    ])
  })

  it('cannot be made of a product whose title comes out blank', () => {
    expect(mediapocket.encode(lamp, optionsOf({ title: '{column:Blank}' }))).toEqual({
      reason: 'title-missing',
      message: expect.stringContaining('"{column:Blank}" comes out blank for image 1'),
      fix: "Fill the column, or put {code} into the target's option title.",
      code: 'LAMP-1',
      source: lamp.source,
    })
  })

  it('name every column that a template refers to', () => {
    const options = optionsOf({
      title: '{column:Name} {rank}',
      externalId: '{column:Id}#{rank}',
      description: '{column:Text}',
      category: '{column:Room}',
      tags: ['{column:Tag}', 'catalog', '{column:Style}'],
    })
    expect(mediapocket.columns(options)).toEqual(['Name', 'Id', 'Text', 'Room', 'Tag', 'Style'])
    expect(mediapocket.columns(optionsOf({ description: null, category: null }))).toEqual([])
  })
})

describe('mediapocket payload', () => {
  it('is the asset and its media, in the names of the API', () => {
    const asset = { description: 'LAMP-1', category: 'products', tags: ['catalog'] }
    expect(payloadsOf()).toEqual([
      {
        asset: { external_id: 'LAMP-1#1', title: 'LAMP-1 1', ...asset },
        media: { file_url: lamp.gallery[0], filename: 'front.png' },
      },
      {
        asset: { external_id: 'LAMP-1#2', title: 'LAMP-1 2', ...asset },
        media: { file_url: lamp.gallery[1], filename: '4711.jpg' },
      },
    ])
  })

  it('fills every template with code, rank and columns', () => {
    const facts = {
      title: '{column:Name} {rank}',
      externalId: 'shop/{code}/{rank}',
      description: '{column:Name} for the {column:Room}',
      category: '{column:Room}',
      tags: ['{code}', '{column:Room}', '{column:None}'],
    }
    expect(assetOf(facts)).toEqual({
      external_id: 'shop/LAMP-1/1',
      title: 'Desk lamp 1',
      description: 'Desk lamp for the Office',
      category: 'Office',
      tags: ['LAMP-1', 'Office'],
    })
  })

  it('leaves out what is null or comes out blank, so that nothing is erased by accident', () => {
    expect(assetOf({ description: null, category: '{column:Blank}', tags: ['{column:None}'] })).toEqual({
      external_id: 'LAMP-1#1',
      title: 'LAMP-1 1',
    })
  })

  it('names every tag once', () => {
    expect(assetOf({ tags: ['lamp', '{column:Room}', 'Office', 'lamp'] })).toMatchObject({ tags: ['lamp', 'Office'] })
  })

  it('never has a media_type, because "image" is refused on create', () => {
    expect(JSON.stringify(payloadsOf())).not.toContain('media_type')
  })

  it('keeps the category as it was written: that Media Pocket lowers it is no change', () => {
    expect(assetOf({ category: 'Table Lamps' })).toMatchObject({ category: 'Table Lamps' })
  })

  it('has no media when they are switched off, so that another image is no change', () => {
    const swapped = { ...lamp, gallery: lamp.gallery.toReversed() }
    expect(payloadsOf({ media: false })).toMatchObject([{ media: null }, { media: null }])
    expect(payloadsOf({ media: false }, swapped)).toEqual(payloadsOf({ media: false }))
  })
})
