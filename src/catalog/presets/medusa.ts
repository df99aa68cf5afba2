import type { Preset } from './preset.ts'

export const medusa: Preset = {
  name: 'medusa',
  title: 'Medusa product export',
  docs: 'https://docs.medusajs.com/user-guide/products/export',
  tables: [
    {
      signature: [['Product Handle'], ['Product Title'], ['Variant Id', 'Variant SKU', 'Variant Title']],
      code: [['Variant SKU'], ['Product Handle']],
      // The thumbnail is one of the images where there are any.
      images: [['Product Image *', 'Product Image * Url', 'Image * Url', 'Product Thumbnail']],
      group: { column: ['Product Handle'], fillDown: true, images: 'own' },
    },
  ],
  objects: [
    {
      signature: ['handle', 'thumbnail', 'variants', 'images'],
      code: ['variants[].sku', 'handle'],
      images: ['images[].url'],
    },
  ],
}
