import type { Preset } from './preset.ts'

export const ecwid: Preset = {
  name: 'ecwid',
  title: 'Ecwid by Lightspeed product export',
  docs: 'https://help.shopsettings.com/hc/en-us/articles/16937570091159',
  tables: [
    {
      signature: [['product_sku', 'product_internal_id'], ['product_media_main_image_url']],
      // Variations and options repeat the SKU of their product.
      code: [['product_sku'], ['product_internal_id']],
      images: [['product_media_main_image_url'], ['product_media_gallery_image_url_*']],
      group: { column: ['product_internal_id', 'product_sku'], fillDown: true, images: 'own' },
    },
  ],
  objects: [],
}
