import type { Names, Preset } from './preset.ts'

// The download translates its header into the language of the shop.
const TITLE: Names = ['TITLE', 'TITEL', 'TITRE', 'TITOLO', 'TÍTULO', 'TYTUŁ']
const IMAGE: Names = ['IMAGE', 'BILD', 'IMMAGINE', 'IMAGEN', 'AFBEELDING', 'IMAGEM', 'ZDJĘCIE']
const MATERIALS: Names = ['MATERIALS', 'MATERIALIEN', 'MATÉRIAUX', 'MATERIALI', 'MATERIALES', 'MATERIALEN', 'MATERIAIS']

export const etsy: Preset = {
  name: 'etsy',
  title: 'Etsy listings download',
  docs: 'https://help.etsy.com/hc/en-us/articles/360000343508',
  tables: [
    {
      // There are always ten columns for images.
      signature: [
        TITLE,
        IMAGE.map(name => `${name}1`),
        IMAGE.map(name => `${name}10`),
        ['CURRENCY_CODE', ...MATERIALS],
      ],
      // Nothing but its title names a listing that has no SKU.
      code: [['SKU'], TITLE],
      images: [IMAGE.map(name => `${name}*`)],
    },
  ],
  objects: [],
}
