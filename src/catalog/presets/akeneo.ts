import type { Names, Preset } from './preset.ts'

// Every catalog has attributes of its own: these are the usual names for images, the main one first.
const IMAGES = [
  'main_image',
  'image',
  'images',
  'picture',
  'pictures',
  'photo',
  'packshot',
  'product_image',
  'variation_image',
  'additional_image',
  'front_view',
  'side_view',
  'top_view',
  'rear_view',
  'back_view',
]

// An attribute that differs by locale or channel is a column for each: `image-en_US-ecommerce`.
const CHANNELS = ['ecommerce', 'print', 'mobile', 'tablet', 'web']
const LOCALES = ['en_US', 'en_GB', 'de_DE', 'fr_FR', 'es_ES', 'it_IT', 'nl_NL']

/** The attribute as it is, else in one locale and for one channel. */
function inAnyScope(attribute: string): Names {
  const locales = ['', ...LOCALES.map(locale => `-${locale}`)]
  const channels = ['', ...CHANNELS.map(channel => `-${channel}`)]
  return locales.flatMap(locale => channels.map(channel => `${attribute}*${locale}${channel}`))
}

export const akeneo: Preset = {
  name: 'akeneo',
  title: 'Akeneo PIM product export',
  docs: 'https://docs.akeneo.com/5.0/import_and_export_data/product-export.html',
  tables: [
    {
      signature: [['sku', 'identifier', 'uuid'], ['family'], ['categories'], ['enabled']],
      code: [['sku', 'identifier'], ['uuid']],
      images: IMAGES.map(inAnyScope),
    },
    {
      signature: [['code'], ['family_variant'], ['parent'], ['categories']],
      code: [['code']],
      images: IMAGES.map(inAnyScope),
    },
  ],
  objects: [],
}
