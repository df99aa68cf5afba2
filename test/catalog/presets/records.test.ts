import { describe, expect, it } from 'vitest'
import { aTable, galleries, url } from '../feeds.ts'

/** The galleries of a table that is written as on paper: a line for each record, cells separated by `;`. */
function galleriesOf(text: string, imageBaseUrl: string | null = null) {
  const [columns = [], ...rows] = text
    .trim()
    .split('\n')
    .map(line => line.split(';').map(cell => cell.trim()))
  return galleries(aTable(columns, rows), { imageBaseUrl })
}

describe('variants', () => {
  it('of Shopify share the images that stand beside them', async () => {
    const read = await galleriesOf(`
      Handle;   Title;    Variant SKU; Image Src;         Image Position
      arc-lamp; Arc lamp; ARC-BLACK;   ${url('arc-2')};   2
      arc-lamp; ;         ARC-WHITE;   ${url('arc-1')};   1
      arc-lamp; ;         ;            ${url('arc-3')};   3
    `)
    const gallery = [url('arc-1'), url('arc-2'), url('arc-3')]
    expect(read).toEqual([
      ['ARC-BLACK', gallery],
      ['ARC-WHITE', gallery],
    ])
  })

  it('of Wix have the images of a product that has no SKU itself', async () => {
    const read = await galleriesOf(`
      handleId; fieldType; productImageUrl; sku
      arc;      Product;   1f~mv2.jpg;
      arc;      Variant;   ;                ARC-BLACK
      arc;      Variant;   ;                ARC-WHITE
      moon;     Product;   2f~mv2.jpg;      MOON
      moon;     Variant;   ;                MOON-SMALL
    `)
    expect(read).toEqual([
      ['ARC-BLACK', ['https://static.wixstatic.com/media/1f~mv2.jpg']],
      ['ARC-WHITE', ['https://static.wixstatic.com/media/1f~mv2.jpg']],
      ['MOON', ['https://static.wixstatic.com/media/2f~mv2.jpg']],
    ])
  })

  it('of Wix may have media that are an id alone, but no other text is one', async () => {
    const id = '0a1b2c_0123456789abcdef0123456789abcdef'
    const read = await galleriesOf(`
      handleId; fieldType; productImageUrl; sku
      arc;      Product;   ${id};           ARC
      moon;     Product;   Furniture;       MOON
    `)
    expect(read).toEqual([
      ['ARC', [`https://static.wixstatic.com/media/${id}`]],
      ['MOON', 'url-invalid'],
    ])
  })

  it('of Wix share media that have rows of their own', async () => {
    const read = await galleriesOf(`
      handle; fieldType; plainDescription; media;         sku
      arc;    PRODUCT;   An arc lamp;      ${url('a')};   ARC
      arc;    VARIANT;   ;                 ;              ARC-BLACK
      arc;    MEDIA;     ;                 ${url('b')};
    `)
    expect(read).toEqual([
      ['ARC', [url('a'), url('b')]],
      ['ARC-BLACK', [url('a'), url('b')]],
    ])
  })

  it('of Squarespace say nothing about their SKU where their image cell is blank', async () => {
    const read = await galleriesOf(`
      Product ID [Non Editable]; Title;     SKU;    Hosted Image URLs
      5c1;                       Arc lamp;  SQ0001; ${url('a')} ${url('b')}
      ;                          ;          SQ0002;
    `)
    expect(read).toEqual([['SQ0001', [url('a'), url('b')]]])
  })

  it('of Vendure have assets of their own', async () => {
    const read = await galleriesOf(
      `
      name;     slug; assets;            sku;       variantAssets
      Arc lamp; arc;  a.jpg|b.jpg;       ARC-BLACK; c.jpg
      ;         ;     ;                  ARC-WHITE; d.jpg`,
      'https://cdn.example.com/',
    )
    expect(read).toEqual([
      ['ARC-BLACK', [url('a'), url('b'), url('c')]],
      ['ARC-WHITE', [url('d')]],
    ])
  })

  it('of Medusa are one product by its handle when no variant has a SKU', async () => {
    const read = await galleriesOf(`
      Product Handle; Product Title; Product Thumbnail; Product Image 1; Product Image 2; Variant Id; Variant Sku
      arc;            Arc lamp;      ${url('small')};   ${url('a')};     ${url('b')};     v1;
      arc;            Arc lamp;      ${url('small')};   ${url('a')};     ${url('b')};     v2;
    `)
    expect(read).toEqual([['arc', [url('a'), url('b')]]])
  })

  it('of Spree have the images of a product row without SKU', async () => {
    const read = await galleriesOf(`
      slug; sku;       name;     image1_src
      arc;  ;          Arc lamp; ${url('a')}
      arc;  ARC-BLACK; ;         ${url('b')}
    `)
    expect(read).toEqual([['ARC-BLACK', [url('a'), url('b')]]])
  })

  it('of BigCommerce have rows below their product', async () => {
    const read = await galleriesOf(`
      Item Type; Product ID; Product Name; Product Code/SKU; Product Image File - 1; Product Image File - 2
      Product;   11;         Arc lamp;     ARC;              ${url('a')};            ${url('b')}
      SKU;       31;         [S]Black;     ARC-BLACK;        ;
      Rule;      41;         ;             ARC-BLACK;        ${url('c')};
      Product;   12;         Moon lamp;    MOON;             ${url('m')};
    `)
    expect(read).toEqual([
      ['ARC', [url('a'), url('b')]],
      ['ARC-BLACK', [url('c')]],
      ['MOON', [url('m')]],
    ])
  })
})

describe('images in rows of their own', () => {
  it('continue the product of Magento 1', async () => {
    const read = await galleriesOf(
      `
      sku;  _attribute_set; _type;  image;    _media_image; _media_position
      ARC;  Default;        simple; /a/2.jpg; /a/1.jpg;     1
      ;     ;               ;       ;         /a/3.jpg;     3
      ;     ;               ;       ;         /a/2.jpg;     2
      MOON; Default;        simple; /m/1.jpg; /m/1.jpg;     1`,
      'https://lamps.example/media/catalog/product',
    )
    const media = (path: string) => `https://lamps.example/media/catalog/product${path}`
    expect(read).toEqual([
      ['ARC', [media('/a/1.jpg'), media('/a/2.jpg'), media('/a/3.jpg')]],
      ['MOON', [media('/m/1.jpg')]],
    ])
  })

  it('belong to the product and its variants at BigCommerce', async () => {
    const read = await galleriesOf(`
      Item;    ID; SKU;       Internal Image URL (Export); Image Sort Order
      Product; 11; ARC;       ;
      Variant; 31; ARC-BLACK; ;
      Image;   91; ;          ${url('b')};                 1
      Image;   92; ;          ${url('a')};                 0
      Product; 12; MOON;      ;
      Image;   93; ;          ${url('m')};                 0
    `)
    expect(read).toEqual([
      ['ARC', [url('a'), url('b')]],
      ['ARC-BLACK', [url('a'), url('b')]],
      ['MOON', [url('m')]],
    ])
  })
})

describe('code that is blank in every record', () => {
  it('gives way to the id at WooCommerce', async () => {
    const read = await galleriesOf(`
      ID; Тип;    Артикул; Имя;       Видимость в каталоге; Изображения
      40; simple; ;        Arc lamp;  visible;              ${url('a')}, ${url('b')}
      41; simple; ;        Moon lamp; visible;              ${url('m')}
    `)
    expect(read).toEqual([
      ['40', [url('a'), url('b')]],
      ['41', [url('m')]],
    ])
  })

  it('gives way to the title at Etsy, which has no id', async () => {
    const images = (first: string) => [first, ...Array.from({ length: 9 }, () => '')].join(';')
    const numbers = Array.from({ length: 10 }, (_, at) => `BILD${at + 1}`).join(';')
    const read = await galleriesOf(`
      TITEL;     MATERIALIEN; ${numbers};         SKU
      Arc lamp;  Brass;       ${images(url('a'))};
      Moon lamp; Glass;       ${images(url('m'))};
    `)
    expect(read).toEqual([
      ['Arc lamp', [url('a')]],
      ['Moon lamp', [url('m')]],
    ])
  })
})
