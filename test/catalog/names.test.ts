import { describe, expect, it } from 'vitest'
import { findNames, plainName } from '../../src/catalog/names.ts'

describe('column name', () => {
  it.each([
    ['Image Src', 'imagesrc'],
    ['image_src', 'imagesrc'],
    [' IMAGE-SRC: ', 'imagesrc'],
    ['Product Image File - 1', 'productimagefile1'],
    ['URL de l’image', 'urldelimage'],
    ['Código', 'codigo'],
    ['ÉTÉ', 'ete'],
    ['Ｉｍａｇｅ', 'image'],
    ['画像 URL', '画像url'],
    ['Product ID*', 'productid'],
    ['-', ''],
  ])('%s is plainly "%s"', (name, plain) => {
    expect(plainName(name)).toBe(plain)
  })
})

describe('finding names', () => {
  it.each<[string, string[], string[], string[]]>([
    ['as they are', ['Handle', 'Image Src'], ['Image Src'], ['Image Src']],
    ['in any spelling', ['handle', 'IMAGE_SRC'], ['Image Src'], ['IMAGE_SRC']],
    ['by the first name that is there', ['SKU', 'Variant SKU'], ['Variant SKU', 'SKU'], ['Variant SKU']],
    ['by a later name when the first is missing', ['UGS', 'Nom'], ['SKU', 'UGS'], ['UGS']],
    ['by their numbers', ['Photo 10', 'Photo 9', 'Photo'], ['photo *'], ['Photo', 'Photo 9', 'Photo 10']],
    [
      'with text after the number',
      ['Image 2 Url', 'Image 1 Url', 'Image 1 Alt'],
      ['image*url'],
      ['Image 1 Url', 'Image 2 Url'],
    ],
    ['repeatedly', ['image', 'sku', 'Image'], ['image'], ['image', 'Image']],
    ['not within others', ['Variant SKU', 'SKUs'], ['SKU'], []],
    ['nowhere', [], ['SKU'], []],
  ])('finds them %s', (_, columns, names, expected) => {
    expect(findNames(columns, names).map(({ name }) => name)).toEqual(expected)
  })

  it('says where they are', () => {
    expect(findNames(['sku', 'Image 2', 'image 1'], ['image*'])).toEqual([
      { name: 'image 1', at: 2 },
      { name: 'Image 2', at: 1 },
    ])
  })
})
