import type { Preset } from './preset.ts'

export const magento: Preset = {
  name: 'magento',
  title: 'Magento or Adobe Commerce product export',
  docs: 'https://experienceleague.adobe.com/en/docs/commerce-admin/systems/data-transfer/data-attributes-product',
  tables: [
    {
      signature: [['sku'], ['attribute_set_code'], ['product_type']],
      code: [['sku']],
      images: [['base_image'], ['additional_images']],
      separator: ',',
      noImage: 'no_selection',
    },
    {
      // Magento 1: further images of a product follow in records of their own, without a SKU.
      signature: [['sku'], ['_attribute_set'], ['_type'], ['_media_image', 'image']],
      code: [['sku']],
      images: [['_media_image', 'image']],
      position: ['_media_position'],
      noImage: 'no_selection',
      group: { column: ['sku'], fillDown: true, images: 'own' },
    },
    {
      // Magento 1, by a dataflow profile.
      signature: [['sku'], ['store'], ['websites'], ['attribute_set'], ['image']],
      code: [['sku']],
      images: [['image']],
      noImage: 'no_selection',
    },
  ],
  objects: [
    {
      signature: ['sku', 'attribute_set_id', 'type_id', 'media_gallery_entries'],
      code: ['sku'],
      images: ['media_gallery_entries[].file'],
      position: 'media_gallery_entries[].position',
    },
  ],
}
