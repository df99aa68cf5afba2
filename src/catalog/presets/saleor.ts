import type { Preset } from './preset.ts'

export const saleor: Preset = {
  name: 'saleor',
  title: 'Saleor product export',
  docs: 'https://docs.saleor.io/api-reference/products/mutations/export-products',
  tables: [
    {
      signature: [['id'], ['product media', 'variant media']],
      code: [['variant sku'], ['id']],
      images: [['product media'], ['variant media']],
      separator: ',',
      group: { column: ['id'], fillDown: true, images: 'own' },
    },
  ],
  objects: [],
}
