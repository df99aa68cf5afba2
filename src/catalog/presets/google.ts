import type { Preset } from './preset.ts'

export const google: Preset = {
  name: 'google',
  title: 'Google Merchant Center product feed',
  docs: 'https://support.google.com/merchants/answer/7052112',
  tables: [
    {
      signature: [
        ['id', 'g:id'],
        ['image link', 'g:image_link'],
        ['title', 'g:title'],
        ['availability', 'price', 'link', 'g:availability', 'g:price', 'g:link'],
      ],
      code: [['id', 'g:id']],
      images: [
        ['image link', 'g:image_link'],
        ['additional image link*', 'g:additional_image_link*'],
      ],
      separator: ',',
    },
  ],
  // The first item may have no image: its prefix, or Google's own category, tells as much.
  objects: [
    ...[['g:id', 'g:image_link'], ['g:id']].map(signature => ({
      signature,
      code: ['g:id'],
      images: ['g:image_link', 'g:additional_image_link'],
      separator: ',',
    })),
    ...[
      ['id', 'image_link'],
      ['id', 'google_product_category'],
    ].map(signature => ({
      signature,
      code: ['id'],
      images: ['image_link', 'additional_image_link'],
      separator: ',',
    })),
    { signature: ['offerId', 'imageLink'], code: ['offerId'], images: ['imageLink', 'additionalImageLinks'] },
  ],
}
