import { describe, expect, it } from 'vitest'
import { columnPattern, matchNames } from '../../src/catalog/pattern.ts'

describe('column pattern', () => {
  it.each([
    ['image_*', ['image_10', 'image_9', 'image_1'], ['image_1', 'image_9', 'image_10']],
    ['image_*', ['image_02', 'image_', 'image_1'], ['image_', 'image_1', 'image_02']],
    ['image_*', ['image_alt_1', 'image_1_alt', 'my_image_1', 'image_one'], []],
    ['image_*', ['image_0', 'image_', 'image_00'], ['image_0', 'image_', 'image_00']],
    ['image_*', ['image_-1', 'image_1.5', 'image_1e3', 'image_ 1', 'image_٣'], []],
    ['image_*', ['Image_1'], []],
    ['image*url', ['image2url', 'imageurl', 'image1_url'], ['imageurl', 'image2url']],
    ['*', ['3', '', '1', 'x'], ['', '1', '3']],
    ['aba*aba', ['aba', 'abaaba', 'aba7aba'], ['abaaba', 'aba7aba']],
    ['image.*', ['image.1', 'imageX1'], ['image.1']],
    ['image_1', ['image_1', 'image_10'], ['image_1']],
    ['photo', ['photo', 'sku', 'photo'], ['photo', 'photo']],
  ])('%s takes of %j: %j', (pattern, names, expected) => {
    expect(matchNames(columnPattern(pattern), names).map(({ name }) => name)).toEqual(expected)
  })

  it('says where the names are, so that equal ones can be told apart', () => {
    expect(matchNames(columnPattern('image*'), ['sku', 'image2', 'image', 'image'])).toEqual([
      { name: 'image', at: 2 },
      { name: 'image', at: 3 },
      { name: 'image2', at: 1 },
    ])
  })
})
