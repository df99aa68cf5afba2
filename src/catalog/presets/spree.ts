import type { Preset } from './preset.ts'

export const spree: Preset = {
  name: 'spree',
  title: 'Spree Commerce product export',
  docs: 'https://spreecommerce.org/docs',
  tables: [
    {
      signature: [['slug'], ['sku'], ['image1_src']],
      code: [['sku'], ['slug']],
      images: [['image*_src']],
      group: { column: ['slug'], fillDown: true, images: 'own' },
    },
  ],
  objects: [],
}
