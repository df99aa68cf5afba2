import type { Names, Preset } from './preset.ts'

// The import offers its columns in the language of the shop; files keep the names of whatever version wrote them.
const IMAGES: Names = [
  'Image URLs (x,y,z...)',
  'URL des images (x,y,z...)',
  'URL des images (x,y,z, etc.)',
  'URLs des images (x,y,z...)',
  'URLs der Bilder (x, y, z...)',
  "URL's de las imágenes (x,y,z...)",
  "Imágenes URL's (x,y,z...)",
  'URLs de la imagen (x,y,z...)',
  'URLs de imágenes (x,y,z...)',
  'URL delle immagini (x,y,z...)',
  "Afbeelding-URL's (x,y,z...)",
  'Adresy URL zdjęcia (x,y,z...)',
  'URLs da imagem (x,y,z...)',
  'URL изображений (x,y,z...)',
  'URL Gambar (x, y, z...)',
  '画像のURL（x,y,z...）',
  '图片地址（x,y,z...）',
]

const REFERENCE: Names = [
  'Reference',
  'N° de référence',
  'Artikel-Nr.',
  'Referencia',
  'Referencia nº',
  'Nº de Referencia',
  'Riferimento',
  'Referentie',
  'Indeks',
  'Артикул №',
  'Referensi',
  'リファレンス',
  '参考',
]

const ID: Names = [
  'Product ID',
  'ID',
  'ID produit',
  'Produkt-ID',
  'Kennung',
  'Identifiant',
  'ID del producto',
  'ID prodotto',
  'ID produktu',
  'Nº Produto',
  'Nº',
  'ID товара',
  '编号',
]

const IN_LIST: Names = ['Image', 'Obraz']

export const prestashop: Preset = {
  name: 'prestashop',
  title: 'PrestaShop product export or import file',
  docs: 'https://build.prestashop-project.org/prestashop-specs/1.7/back-office/advanced-parameters/import/configure-import.html',
  tables: [
    { signature: [IMAGES], code: [REFERENCE, ID], images: [IMAGES], separator: ',' },
    // Combinations are the variants, with references and images of their own.
    {
      signature: [['Image URL', 'Image URLs (x,y,z...)'], ['Impact on price'], ['Impact on weight']],
      code: [['Reference'], ['Product ID']],
      images: [['Image URL', 'Image URLs (x,y,z...)']],
      separator: ',',
    },
    // The list of products, exported as it is shown.
    {
      signature: [['Product ID'], IN_LIST, ['Reference', 'Indeks'], ['Price (tax excl.)', 'Cena (netto)']],
      code: [['Reference', 'Indeks'], ['Product ID']],
      images: [IN_LIST],
    },
  ],
  objects: [],
}
