import type { Preset } from './preset.ts'

export const bagisto: Preset = {
  name: 'bagisto',
  title: 'Bagisto product import file',
  docs: 'https://docs.bagisto.com/',
  tables: [
    {
      signature: [['sku'], ['attribute_family_code'], ['images']],
      code: [['sku']],
      images: [['images']],
      separator: ',',
    },
  ],
  objects: [],
}
