import type { Preset } from './preset.ts'

export const shopify: Preset = {
  name: 'shopify',
  title: 'Shopify product export',
  docs: 'https://help.shopify.com/en/manual/products/import-export/using-csv',
  tables: [
    {
      signature: [
        ['Handle', 'URL handle'],
        ['Image Src', 'Product image URL'],
      ],
      code: [
        ['Variant SKU', 'SKU'],
        ['Handle', 'URL handle'],
      ],
      images: [['Image Src', 'Product image URL']],
      position: ['Image Position'],
      // The images stand beside the variants by chance: they are those of the product, one per record.
      group: { column: ['Handle', 'URL handle'], fillDown: true, images: 'shared' },
    },
  ],
  objects: [
    {
      signature: ['handle', 'body_html', 'variants', 'images'],
      code: ['variants[].sku', 'handle'],
      images: ['images[].src'],
      position: 'images[].position',
    },
  ],
}
