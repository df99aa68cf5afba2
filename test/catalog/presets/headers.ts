/** A header as a platform writes it, and what has to be made of it. */
export interface HeaderSample {
  /** "recognises …" */
  readonly what: string
  /** The names, separated by `;` as some hold commas. */
  readonly header: string
  readonly preset: string
  /** By preference. */
  readonly code: readonly string[]
  readonly images: readonly string[]
  readonly position?: string
  readonly separator?: string
  readonly group?: string
  readonly imageBaseUrl?: string
  /** Platforms whose columns are there as well; they would say the same. */
  readonly also?: readonly string[]
}

const WIX_MEDIA = 'https://static.wixstatic.com/media/'

export const HEADERS: readonly HeaderSample[] = [
  {
    what: 'a Shopify export',
    header:
      'Handle;Title;Body (HTML);Vendor;Tags;Variant SKU;Variant Price;Image Src;Image Position;Variant Image;Status',
    preset: 'shopify',
    code: ['Variant SKU', 'Handle'],
    images: ['Image Src'],
    position: 'Image Position',
    group: 'Handle',
  },
  {
    what: 'a Shopify export with the newer names',
    header: 'Title;URL handle;Description;SKU;Price;Product image URL;Image position;Image alt text;Variant image URL',
    preset: 'shopify',
    code: ['SKU', 'URL handle'],
    images: ['Product image URL'],
    position: 'Image position',
    group: 'URL handle',
  },
  {
    what: 'a Shopify file without SKUs',
    header: 'Handle;Title;Image Src',
    preset: 'shopify',
    code: ['Handle'],
    images: ['Image Src'],
    group: 'Handle',
  },
  {
    what: 'a WooCommerce export',
    header:
      'ID;Type;SKU;Name;Published;Is featured?;Visibility in catalog;In stock?;Regular price;Images;Parent;Meta: _rank',
    preset: 'woocommerce',
    code: ['SKU', 'ID'],
    images: ['Images'],
    separator: ',',
  },
  {
    what: 'a British WooCommerce export',
    header: 'ID;Type;SKU;Name;Visibility in catalogue;Images',
    preset: 'woocommerce',
    code: ['SKU', 'ID'],
    images: ['Images'],
    separator: ',',
  },
  {
    what: 'a WooCommerce file written by hand',
    header: 'Type;SKU;Name;Regular price;Categories;Images',
    preset: 'woocommerce',
    code: ['SKU'],
    images: ['Images'],
    separator: ',',
  },
  {
    what: 'a WooCommerce export of some columns',
    header: 'ID;SKU;Name;In stock?;Backorders allowed?;Categories;Images',
    preset: 'woocommerce',
    code: ['SKU', 'ID'],
    images: ['Images'],
    separator: ',',
  },
  {
    what: 'a WooCommerce export of attributes and images',
    header: 'ID;Name;Attribute 1 name;Attribute 1 value(s);Images',
    preset: 'woocommerce',
    code: ['ID'],
    images: ['Images'],
    separator: ',',
  },
  ...woocommerceIn({
    German: 'ID;Typ;Artikelnummer;Name;Veröffentlicht;Ist hervorgehoben?;Sichtbarkeit im Katalog;Bilder',
    French: 'ID;Type;UGS;Nom;Publié;Mis en avant ?;Visibilité dans le catalogue;Images',
    Spanish: 'ID;Tipo;SKU;Nombre;Publicado;¿Está destacado?;Visibilidad en el catálogo;Imágenes',
    Italian: 'ID;Tipo;COD;Nome;Pubblicato;In primo piano?;Visibilità nel catalogo;Immagine',
    Dutch: 'ID;Type;SKU;Naam;Gepubliceerd;Uitgelicht?;Zichtbaarheid in catalogus;Afbeeldingen',
    Polish: 'ID;Typ;SKU;Nazwa;Opublikowany;Wyróżniony produkt?;Widoczność w katalogu;Obrazki',
    Portuguese: 'ID;Tipo;REF;Nome;Publicado;Em destaque?;Visibilidade no catálogo;Imagens',
    Danish: 'ID;Type;Varenummer;Navn;Udgivet;Er fremhævet?;Synlighed i katalog (shoppens frontend);Billeder',
    Swedish: 'ID;Typ;Artikelnr;Namn;Publicerad;Är utvald?;Synlighet i katalog;Bilder',
    Norwegian: 'ID;Type;Varenummer;Navn;Publisert;Er fremhevet?;Synlighet i katalogen;Bilder',
    Finnish: 'ID;Laji;Tuotetunnus (SKU);Nimi;Julkaistu;On esittelyssä?;Näkyvyys tuoteluettelossa;Kuvat',
    Russian: 'ID;Тип;Артикул;Имя;Опубликован;рекомендуемый?;Видимость в каталоге;Изображения',
    Ukrainian: "ID;Тип;Артикул;Ім'я;Опубліковано;Рекомендовано?;Видимість в каталозі;Зображення",
    Turkish: 'Kimlik;Tür;Stok kodu (SKU);İsim;Yayımlanmış;Öne çıkan?;Katalogda görünürlük;Görseller',
    Greek: 'ID;Τύπος;Κωδικός προϊόντος;Όνομα;Δημοσιευμένο;Είναι προτεινόμενο;Ορατότητα στον κατάλογο;Εικόνες',
    Japanese: 'ID;タイプ;SKU;名前;公開済み;オススメですか ?;カタログでの表示;画像',
    Korean: 'ID;형식;SKU;이름;발행됨;추천 상품입니까?;카탈로그에 표시 여부;이미지',
    Chinese: 'ID;类型;SKU;名称;已发布;是推荐产品？;在列表页可见;图片',
  }),
  {
    what: 'a Magento 2 export',
    header: 'sku;store_view_code;attribute_set_code;product_type;name;base_image;small_image;additional_images;qty',
    preset: 'magento',
    code: ['sku'],
    images: ['base_image', 'additional_images'],
    separator: ',',
  },
  {
    what: 'a Magento 1 export',
    header: 'sku;_store;_attribute_set;_type;image;small_image;name;_media_image;_media_lable;_media_position',
    preset: 'magento',
    code: ['sku'],
    images: ['_media_image'],
    position: '_media_position',
    group: 'sku',
  },
  {
    what: 'a Magento 1 import without a gallery',
    header: 'sku;_attribute_set;_type;image;small_image;thumbnail;name',
    preset: 'magento',
    code: ['sku'],
    images: ['image'],
    group: 'sku',
  },
  {
    what: 'a Magento 1 dataflow export',
    header: 'store;websites;attribute_set;type;category_ids;sku;price;image;small_image;thumbnail',
    preset: 'magento',
    code: ['sku'],
    images: ['image'],
  },
  ...prestashopIn({
    English:
      'Product ID;Active (0/1);Name *;Reference #;Supplier reference #;Image URLs (x,y,z...);Image alt texts (x,y,z...)',
    French:
      'ID;Actif (0/1);Nom *;Référence #;Référence fournisseur #;URL des images (x,y,z...);Textes alternatifs (x,y,z...)',
    'older French': 'Identifiant;Actif (0/1);Nom*;N° de référence;URLs des images (x,y,z...)',
    German: 'ID;Aktiv (0/1);Name*;Artikel-Nr.;URLs der Bilder (x, y, z. ..)',
    Spanish: "ID;Activo (0/1);Nombre *;Referencia nº;Proveedor;URL's de las imágenes (x,y,z...)",
    Italian: 'ID;Attivo (0/1);Nome *;Riferimento;URL delle immagini (x,y,z...)',
    Dutch: "Product-ID;Actief (0/1);Naam *;Referentie #;Referentie leverancier #;Afbeelding-URL's (x,y,z...)",
    Polish: 'ID;Aktywny (0 lub 1);Nazwa;Indeks #;Kod dostawcy #;Adresy URL zdjęcia (x,y,z…)',
    Portuguese: 'Nº;Ativo (0/1);Nome*;Referência n.º;URLs da imagem (x,y,z...)',
    Russian: 'ID;Активен (0/1);Имя*;Артикул №;URL изображений (x,y,z...)',
  }),
  {
    what: 'PrestaShop combinations',
    header: 'Product ID;Attribute (Name:Type:Position);Reference;Impact on price;Impact on weight;Image URL',
    preset: 'prestashop',
    code: ['Reference', 'Product ID'],
    images: ['Image URL'],
    separator: ',',
  },
  {
    what: 'the exported product list of PrestaShop',
    header: 'Product ID;Image;Name;Reference;Category;Price (tax excl.);Price (tax incl.);Quantity;Status;Position',
    preset: 'prestashop',
    code: ['Reference', 'Product ID'],
    images: ['Image'],
  },
  {
    what: 'the exported product list of a Polish PrestaShop',
    header: 'Product ID;Obraz;Nazwa;Indeks;Kategoria;Cena (netto);Cena (brutto);Ilość;Wyświetlany',
    preset: 'prestashop',
    code: ['Indeks', 'Product ID'],
    images: ['Obraz'],
  },
  {
    what: 'a Wix export',
    header: 'handleId;fieldType;name;description;productImageUrl;collection;sku;ribbon;price;visible;inventory',
    preset: 'wix',
    code: ['sku', 'handleId'],
    images: ['productImageUrl'],
    separator: ';',
    group: 'handleId',
    imageBaseUrl: WIX_MEDIA,
  },
  {
    what: 'a Wix export with media in rows of their own',
    header: 'handle;fieldType;name;visible;plainDescription;media;mediaAltText;ribbon;brand;price;sku;barcode',
    preset: 'wix',
    code: ['sku', 'handle'],
    images: ['media'],
    separator: ';',
    group: 'handle',
    imageBaseUrl: WIX_MEDIA,
  },
  {
    what: 'a Squarespace export',
    header:
      'Product ID [Non Editable];Variant ID [Non Editable];Product Type [Non Editable];Product Page;Product URL;Title;SKU;Price;Visible;Hosted Image URLs',
    preset: 'squarespace',
    code: ['SKU', 'Product ID [Non Editable]', 'Product URL'],
    images: ['Hosted Image URLs'],
    separator: ' ',
    group: 'Product ID [Non Editable]',
  },
  ...etsyIn({
    English: 'TITLE;DESCRIPTION;PRICE;CURRENCY_CODE;QUANTITY;TAGS;MATERIALS;IMAGE',
    German: 'TITEL;BESCHREIBUNG;PREIS;WÄHRUNGSCODE;ANZAHL;TAGS;MATERIALIEN;BILD',
    French: 'TITRE;DESCRIPTION;PRIX;CODE_DEVISE;QUANTITÉ;TAGS;MATÉRIAUX;IMAGE',
    Italian: 'TITOLO;DESCRIZIONE;PREZZO;CURRENCY_CODE;QUANTITÀ;TAG;MATERIALI;IMMAGINE',
    Spanish: 'TÍTULO;DESCRIPCIÓN;PRECIO;CURRENCY_CODE;CANTIDAD;ETIQUETAS;MATERIALES;IMAGEN',
    Dutch: 'TITEL;BESCHRIJVING;PRIJS;CURRENCY_CODE;AANTAL;TAGS;MATERIALEN;AFBEELDING',
  }),
  {
    what: 'a BigCommerce export',
    header:
      'Item Type;Product ID;Product Name;Product Code/SKU;Price;Product Image ID - 1;Product Image File - 1;Product Image Sort - 1;Product Image File - 2',
    preset: 'bigcommerce',
    code: ['Product Code/SKU', 'Product ID'],
    images: ['Product Image File - 1', 'Product Image File - 2'],
    group: 'Item Type',
  },
  {
    what: 'a BigCommerce export with addresses beside the file names',
    header:
      'Product Code/SKU;Product ID;Product Image File - 1;Product Image URL - 1;Product Image URL - 10;Product Image URL - 2',
    preset: 'bigcommerce',
    code: ['Product Code/SKU', 'Product ID'],
    images: ['Product Image URL - 1', 'Product Image URL - 2', 'Product Image URL - 10'],
  },
  {
    what: 'a BigCommerce export of the newer form',
    header:
      'Item;ID;Name;Type;SKU;Options;Variant Image URL;Internal Image URL (Export);Image URL (Import);Image is Thumbnail;Image Sort Order',
    preset: 'bigcommerce',
    code: ['SKU', 'ID'],
    images: ['Internal Image URL (Export)'],
    position: 'Image Sort Order',
    group: 'Item',
  },
  {
    what: 'a Google Merchant feed',
    header: 'id;title;description;link;image link;additional image link;price;availability;brand;gtin',
    preset: 'google',
    code: ['id'],
    images: ['image link', 'additional image link'],
    separator: ',',
  },
  {
    what: 'a Google Merchant feed that repeats a column',
    header: 'id;title;image_link;additional_image_link;additional_image_link;availability',
    preset: 'google',
    code: ['id'],
    images: ['image_link', 'additional_image_link', 'additional_image_link'],
    separator: ',',
  },
  {
    what: 'a Meta catalog',
    header: 'id;title;description;availability;condition;price;link;image_link;brand;fb_product_category;style[0]',
    preset: 'meta',
    code: ['id'],
    images: ['image_link'],
    separator: ',',
    also: ['google'],
  },
  {
    what: 'a Meta catalog with numbered images',
    header: 'id;title;availability;price;link;image[1].url;image[0].url;image[0].tag[0]',
    preset: 'meta',
    code: ['id'],
    images: ['image[0].url', 'image[1].url'],
    separator: ',',
  },
  {
    what: 'an Akeneo export',
    header: 'sku;categories;enabled;family;groups;name-en_US;picture;image',
    preset: 'akeneo',
    code: ['sku'],
    images: ['image', 'picture'],
  },
  {
    what: 'an Akeneo export by uuid with images for locales and channels',
    header: 'uuid;identifier;categories;enabled;family;groups;image-de_DE-ecommerce;image-en_US-ecommerce;photo-print',
    preset: 'akeneo',
    code: ['identifier', 'uuid'],
    images: ['image-en_US-ecommerce', 'photo-print'],
  },
  {
    what: 'an Akeneo export of product models',
    header: 'code;family_variant;parent;categories;name-en_US;image;variation_image',
    preset: 'akeneo',
    code: ['code'],
    images: ['image', 'variation_image'],
  },
  {
    what: 'a Medusa export',
    header:
      'Product Id;Product Handle;Product Title;Product Thumbnail;Product Image 1;Product Image 2;Variant Id;Variant Sku',
    preset: 'medusa',
    code: ['Variant Sku', 'Product Handle'],
    images: ['Product Image 1', 'Product Image 2'],
    group: 'Product Handle',
  },
  {
    what: 'a Medusa import of the first version',
    header:
      'Product Id;Product Handle;Product Title;Product Thumbnail;Variant Id;Variant SKU;Option 1 Name;Image 1 Url',
    preset: 'medusa',
    code: ['Variant SKU', 'Product Handle'],
    images: ['Image 1 Url'],
    group: 'Product Handle',
  },
  {
    what: 'a Medusa export without images but for the thumbnail',
    header: 'Product Handle;Product Title;Product Thumbnail;Variant Id;Variant Sku',
    preset: 'medusa',
    code: ['Variant Sku', 'Product Handle'],
    images: ['Product Thumbnail'],
    group: 'Product Handle',
  },
  {
    what: 'a Vendure import',
    header: 'name;slug;description;assets;facets;optionGroups;optionValues;sku;price;variantAssets;variantFacets',
    preset: 'vendure',
    code: ['sku', 'slug', 'name'],
    images: ['assets', 'variantAssets'],
    separator: '|',
    group: 'name',
  },
  {
    what: 'a Vendure import in two languages',
    header: 'name:en;name:de;slug;assets;optionValues:en;sku;variantAssets',
    preset: 'vendure',
    code: ['sku', 'slug', 'name:en'],
    images: ['assets', 'variantAssets'],
    separator: '|',
    group: 'name:en',
  },
  {
    what: 'a Spree export',
    header: 'slug;sku;name;price;currency;image1_src;image2_src;image3_src;option1_name',
    preset: 'spree',
    code: ['sku', 'slug'],
    images: ['image1_src', 'image2_src', 'image3_src'],
    group: 'slug',
  },
  {
    what: 'a Bagisto import',
    header: 'sku;parent_sku;locale;attribute_family_code;type;categories;images;name;url_key',
    preset: 'bagisto',
    code: ['sku'],
    images: ['images'],
    separator: ',',
  },
  {
    what: 'a Saleor export',
    header: 'id;name;category;product media;variant id;variant sku;variant media;Wattage (product attribute)',
    preset: 'saleor',
    code: ['variant sku', 'id'],
    images: ['product media', 'variant media'],
    separator: ',',
    group: 'id',
  },
  {
    what: 'a Shopware export',
    header: 'id;parent_id;product_number;stock;name;tax_rate;cover_media_id;cover_media_url;media',
    preset: 'shopware',
    code: ['product_number', 'id'],
    images: ['cover_media_url', 'media'],
    separator: '|',
  },
  {
    what: 'an Ecwid export',
    header:
      'type;product_internal_id;product_sku;product_name;product_media_main_image_url;product_media_gallery_image_url_1',
    preset: 'ecwid',
    code: ['product_sku', 'product_internal_id'],
    images: ['product_media_main_image_url', 'product_media_gallery_image_url_1'],
    group: 'product_internal_id',
  },
  {
    what: 'an eBay listings file',
    header: 'Action(SiteID=US|Country=US|Currency=USD|Version=1193);CustomLabel;Title;PicURL;Quantity',
    preset: 'ebay',
    code: ['CustomLabel'],
    images: ['PicURL'],
    separator: '|',
  },
  {
    what: 'an eBay listings file with the newer names',
    header: 'Item number;Custom label (SKU);Category ID;Title;Item photo URL',
    preset: 'ebay',
    code: ['Custom label (SKU)', 'Item number'],
    images: ['Item photo URL'],
    separator: '|',
  },
  {
    what: 'an Amazon inventory file',
    header: 'feed_product_type;item_sku;brand_name;main_image_url;other_image_url1;other_image_url10;other_image_url2',
    preset: 'amazon',
    code: ['item_sku'],
    images: ['main_image_url', 'other_image_url1', 'other_image_url2', 'other_image_url10'],
  },
]

/** The same columns in each language: id, type, SKU, name, …, images. */
function woocommerceIn(headers: Readonly<Record<string, string>>): HeaderSample[] {
  return Object.entries(headers).map(([language, header]) => {
    const [id = '', , sku = '', ...rest] = header.split(';')
    const images = rest.at(-1) ?? ''
    const what = `a ${language} WooCommerce export`
    return { what, header, preset: 'woocommerce', code: [sku, id], images: [images], separator: ',' }
  })
}

/** The same columns in each language: id, active, name, reference, …, images. */
function prestashopIn(headers: Readonly<Record<string, string>>): HeaderSample[] {
  return Object.entries(headers).map(([language, header]) => {
    const [id = '', , , reference = '', ...rest] = header.split(';')
    const images = rest.find(name => /ur[lL]/i.test(name)) ?? ''
    const what = `a PrestaShop import with ${language} names`
    return { what, header, preset: 'prestashop', code: [reference, id], images: [images], separator: ',' }
  })
}

/** The same columns in each language: title, …, then ten images and the SKU. */
function etsyIn(headers: Readonly<Record<string, string>>): HeaderSample[] {
  return Object.entries(headers).map(([language, header]) => {
    const names = header.split(';')
    const images = Array.from({ length: 10 }, (_, at) => `${names.at(-1)}${at + 1}`)
    const columns = [...names.slice(0, -1), ...images, 'VARIATION 1 TYPE', 'SKU']
    const code = ['SKU', names[0] ?? '']
    return { what: `an Etsy download with ${language} names`, header: columns.join(';'), preset: 'etsy', code, images }
  })
}
