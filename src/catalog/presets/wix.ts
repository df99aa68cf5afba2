import type { Preset } from './preset.ts'

const MEDIA = 'https://static.wixstatic.com/media/'

export const wix: Preset = {
  name: 'wix',
  title: 'Wix Stores product export',
  docs: 'https://support.wix.com/en/article/wix-stores-importing-products-from-another-ecommerce-platform',
  tables: [
    {
      signature: [['handleId'], ['fieldType'], ['productImageUrl']],
      code: [['sku'], ['handleId']],
      images: [['productImageUrl']],
      separator: ';',
      group: { column: ['handleId'], fillDown: true, images: 'own' },
      imageBaseUrl: MEDIA,
    },
    {
      // Further images follow in records of the type MEDIA, after the variants and without a SKU.
      signature: [['handle'], ['fieldType'], ['media'], ['mediaAltText', 'plainDescription', 'strikethroughPrice']],
      code: [['sku'], ['handle']],
      images: [['media']],
      separator: ';',
      group: { column: ['handle'], fillDown: true, images: 'shared' },
      imageBaseUrl: MEDIA,
    },
  ],
  objects: [],
}
