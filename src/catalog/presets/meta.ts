import type { Preset } from './preset.ts'

export const meta: Preset = {
  name: 'meta',
  title: 'Meta catalog feed (Facebook, Instagram)',
  docs: 'https://www.facebook.com/business/help/120325381656392',
  tables: [
    {
      signature: [
        ['id'],
        ['image_link', 'image[0].url'],
        ['title'],
        ['availability', 'price', 'link'],
        [
          'fb_product_category',
          'quantity_to_sell_on_facebook',
          'image[0].url',
          'video[0].url',
          'product_tags[0]',
          'style[0]',
        ],
      ],
      code: [['id']],
      images: [['image_link'], ['image[*].url'], ['additional_image_link*']],
      separator: ',',
    },
  ],
  objects: [],
}
