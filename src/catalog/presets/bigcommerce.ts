import type { Preset } from './preset.ts'

export const bigcommerce: Preset = {
  name: 'bigcommerce',
  title: 'BigCommerce product export',
  docs: 'https://support.bigcommerce.com/articles/en_US/Knowledge/Supported-Product-Fields',
  tables: [
    {
      signature: [['Product Code/SKU'], ['Product Image URL - 1', 'Product Image File - 1', 'Product Image ID - 1']],
      code: [['Product Code/SKU'], ['Product ID']],
      // Where both are there, the file is only the name that the image was stored under.
      images: [['Product Image URL - *', 'Product Image File - *']],
      group: { column: ['Item Type'], fillDown: true, starts: 'Product', images: 'own' },
    },
    {
      signature: [['Item'], ['SKU'], ['Internal Image URL (Export)', 'Image URL (Import)']],
      code: [['SKU'], ['ID']],
      images: [['Internal Image URL (Export)', 'Image URL (Import)']],
      position: ['Image Sort Order'],
      // Images are listed in records of their own, after the variants, and belong to the product.
      group: { column: ['Item'], fillDown: true, starts: 'Product', images: 'shared' },
    },
  ],
  objects: [],
}
