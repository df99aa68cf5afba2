import type { Preset } from './preset.ts'

export const amazon: Preset = {
  name: 'amazon',
  title: 'Amazon inventory file (flat file)',
  docs: 'https://sellercentral.amazon.com/help/hub/reference/G1641',
  tables: [
    {
      signature: [['item_sku'], ['main_image_url']],
      code: [['item_sku']],
      images: [['main_image_url'], ['other_image_url*']],
    },
  ],
  objects: [],
}
