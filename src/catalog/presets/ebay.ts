import type { Preset } from './preset.ts'

export const ebay: Preset = {
  name: 'ebay',
  title: 'eBay listings file (Seller Hub reports, File Exchange)',
  docs: 'https://pages.ebay.com/sh/reports/help/',
  tables: [
    {
      signature: [
        ['CustomLabel', 'Custom label (SKU)'],
        ['PicURL', 'Item photo URL'],
      ],
      code: [
        ['CustomLabel', 'Custom label (SKU)'],
        ['ItemID', 'Item number'],
      ],
      images: [['PicURL', 'Item photo URL']],
      separator: '|',
    },
  ],
  objects: [],
}
