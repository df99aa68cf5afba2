import { describe, expect, it } from 'vitest'
import { usualAddress, usualCodes, usualImages, usualPosition } from '../../src/catalog/usual-names.ts'

describe('usual names of the code', () => {
  it.each([
    [['name', 'SKU'], ['SKU']],
    [
      ['id', 'sku'],
      ['sku', 'id'],
    ],
    [
      ['id', 'Product Code'],
      ['Product Code', 'id'],
    ],
    [['item_number'], ['item_number']],
    [['ID', 'Id'], ['ID']],
    [
      ['sku', 'code'],
      ['code', 'sku'],
    ],
    [['Artikel-Nummer'], ['Artikel-Nummer']],
    [
      ['Slug', 'handle', 'Unique ID'],
      ['Unique ID', 'handle', 'Slug'],
    ],
    [['skus', 'barcode', 'identity', 'name'], []],
    [[], []],
  ])('in %j are, by preference, %j', (columns, expected) => {
    expect(usualCodes(columns)).toEqual(expected)
  })
})

describe('usual names of images', () => {
  it.each([
    [
      ['sku', 'image_10', 'image_2', 'image'],
      ['image', 'image_2', 'image_10'],
    ],
    [['Image Src', 'Image Alt Text', 'Image Position'], ['Image Src']],
    [
      ['image_url', 'image_url_1'],
      ['image_url', 'image_url_1'],
    ],
    [
      ['image_1_url', 'image 2 URL'],
      ['image_1_url', 'image 2 URL'],
    ],
    [['Product Images'], ['Product Images']],
    [
      ['photo', 'picture', 'img'],
      ['photo', 'picture', 'img'],
    ],
    [
      ['Main Image', 'image_2'],
      ['Main Image', 'image_2'],
    ],
    [
      ['Bild 2', 'Bild 1'],
      ['Bild 1', 'Bild 2'],
    ],
    [['fotos'], ['fotos']],
    [['image_label', 'image_alt_1', 'thumbnail', 'imagery', 'logo'], []],
  ])('in %j are %j', (columns, expected) => {
    expect(usualImages(columns).map(({ name }) => name)).toEqual(expected)
  })
})

describe('usual name of the position', () => {
  it.each([
    [['sku', 'Image Position'], 'Image Position'],
    [['image_rank'], 'image_rank'],
    [['position', 'sort', 'rank'], null],
  ])('in %j is %j', (columns, expected) => {
    expect(usualPosition(columns)).toBe(expected)
  })
})

describe('usual name of an address', () => {
  it.each([
    [['id', 'src', 'alt'], 'src'],
    [['url', 'href'], 'url'],
    [['id', 'alt'], null],
  ])('in %j is %j', (keys, expected) => {
    expect(usualAddress(keys)).toBe(expected)
  })
})
