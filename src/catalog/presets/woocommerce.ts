import type { Names, Preset } from './preset.ts'

// The export translates its header into the language of the shop; the names are those of WooCommerce's own translations.
const TYPE: Names = [
  'Type',
  'Typ',
  'Tipo',
  'Tipe',
  'Laji',
  'Tür',
  'Тип',
  'Τύπος',
  'タイプ',
  '형식',
  '类型',
  '類型',
  'ชนิด',
  'Loại',
]

const SKU: Names = [
  'SKU',
  'UGS',
  'Artikelnummer',
  'Artikelnr',
  'Varenummer',
  'COD',
  'REF',
  'Tuotetunnus (SKU)',
  'Stok kodu (SKU)',
  'Артикул',
  'Κωδικός προϊόντος',
  '貨號',
  'รหัสสินค้า',
  'Mã sản phẩm',
]

const ID: Names = ['ID', 'Kimlik', '代碼']

const IMAGES: Names = [
  'Images',
  'Bilder',
  'Imágenes',
  'Immagine',
  'Immagini',
  'Imagens',
  'Afbeeldingen',
  'Billeder',
  'Kuvat',
  'Obrazki',
  'Görseller',
  'Gambar-gambar',
  'Изображения',
  'Зображення',
  'Εικόνες',
  '画像',
  '이미지',
  '图片',
  '圖片',
  'ไฟล์รูปภาพ',
  'Hình ảnh',
]

const VISIBILITY: Names = [
  'Visibility in catalog',
  'Visibility in catalogue',
  'Sichtbarkeit im Katalog',
  'Visibilidad en el catálogo',
  'Visibilité dans le catalogue',
  'Visibilità nel catalogo',
  'Visibilidade no catálogo',
  'Zichtbaarheid in catalogus',
  'Synlighed i katalog (shoppens frontend)',
  'Synlighet i katalog',
  'Synlighet i katalogen',
  'Näkyvyys tuoteluettelossa',
  'Widoczność w katalogu',
  'Katalogda görünürlük',
  'Kenampakan pada katalog',
  'Видимость в каталоге',
  'Видимість в каталозі',
  'Ορατότητα στον κατάλογο',
  'カタログでの表示',
  '表示されるカテゴリー',
  '카탈로그에 표시 여부',
  '在列表页可见',
  '目錄的可見度',
  'การมองเห็นในแค็ตตาล็อก',
  'Hiển thị trong danh mục',
]

/** Columns of the export that no other platform has. */
const ONLY_HERE: Names = [
  'Visibility in catalog',
  'Is featured?',
  'Backorders allowed?',
  'Sold individually?',
  'Allow customer reviews?',
  'Date sale price starts',
  'Grouped products',
  'Attribute 1 value(s)',
]

export const woocommerce: Preset = {
  name: 'woocommerce',
  title: 'WooCommerce product export',
  docs: 'https://woocommerce.com/document/product-csv-importer-exporter/',
  tables: [
    { signature: [TYPE, VISIBILITY, IMAGES], code: [SKU, ID], images: [IMAGES], separator: ',' },
    // Files written by hand leave out what the import does not need.
    {
      signature: [['Type'], ['SKU'], ['Regular price'], ['Images']],
      code: [['SKU'], ['ID']],
      images: [['Images']],
      separator: ',',
    },
    // The export can be told to leave out columns.
    {
      signature: [['SKU', 'ID'], ['Images'], ONLY_HERE],
      code: [['SKU'], ['ID']],
      images: [['Images']],
      separator: ',',
    },
  ],
  objects: [
    { signature: ['sku', 'permalink', 'catalog_visibility', 'images'], code: ['sku', 'id'], images: ['images[].src'] },
    // The API of the storefront, which needs no key.
    { signature: ['sku', 'permalink', 'is_purchasable', 'images'], code: ['sku', 'id'], images: ['images[].src'] },
  ],
}
