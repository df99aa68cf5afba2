import type { Preset } from './preset.ts'

export const vendure: Preset = {
  name: 'vendure',
  title: 'Vendure product import file',
  docs: 'https://docs.vendure.io/guides/developer-guide/importing-data/',
  tables: [
    {
      signature: [['assets'], ['sku'], ['variantAssets']],
      code: [['sku'], ['slug', 'slug:en'], ['name', 'name:en']],
      images: [['assets'], ['variantAssets']],
      separator: '|',
      // Further variants leave blank what the product says.
      group: {
        column: ['name', 'name:en', 'name:de', 'name:fr', 'name:es', 'name:it', 'name:nl', 'name:pl'],
        fillDown: true,
        images: 'own',
      },
    },
  ],
  objects: [],
}
