import type { Preset } from './preset.ts'

export const shopware: Preset = {
  name: 'shopware',
  title: 'Shopware 6 product export',
  docs: 'https://docs.shopware.com/en/shopware-6-en/settings/importexport',
  tables: [
    {
      signature: [['product_number'], ['cover_media_url']],
      code: [['product_number'], ['id']],
      images: [['cover_media_url'], ['media']],
      separator: '|',
    },
  ],
  objects: [],
}
