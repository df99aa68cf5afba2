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
  objects: [
    {
      signature: ['g:id', 'g:image_link'],
      code: ['g:id'],
      images: ['g:image_link', 'g:additional_image_link'],
      separator: ',',
    },
    {
      signature: ['id', 'image_link'],
      code: ['id'],
      images: ['image_link', 'additional_image_link'],
      separator: ',',
    },
    { signature: ['offerId', 'imageLink'], code: ['offerId'], images: ['imageLink', 'additionalImageLinks'] },
  ],
}
