import type { Preset } from './preset.ts'

export const squarespace: Preset = {
  name: 'squarespace',
  title: 'Squarespace product export',
  docs: 'https://support.squarespace.com/hc/en-us/articles/115000378108',
  tables: [
    {
      signature: [
        ['Hosted Image URLs'],
        ['Product URL', 'Product Page', 'Product ID [Non Editable]', 'Variant ID [Non Editable]'],
      ],
      code: [['SKU'], ['Product ID [Non Editable]'], ['Product URL']],
      images: [['Hosted Image URLs']],
      separator: ' ',
      // Further variants leave everything blank that the product says; files for the import have no id at all.
      group: { column: ['Product ID [Non Editable]', 'Product URL', 'Title'], fillDown: true, images: 'own' },
    },
  ],
  objects: [],
}
