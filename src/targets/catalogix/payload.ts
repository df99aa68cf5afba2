import type { Item } from '../../model/item.ts'
import type { JsonObject } from '../../model/json.ts'
import type { Product } from '../../model/product.ts'
import type { CatalogixOptions } from './options.ts'

/** One item per product: all its images travel in one map, because two items of one code in a batch are undefined. */
export function encode(product: Product, { productUuid }: CatalogixOptions): readonly Item[] {
  const uuid = productUuid === null ? undefined : product.fields[productUuid]
  return [
    {
      key: product.code,
      code: product.code,
      gallery: product.gallery,
      values: uuid ? { productUuid: uuid } : {},
    },
  ]
}

/** AssetUpsertItem of the vendor's POST /assets. */
export function payload(item: Item, options: CatalogixOptions): JsonObject {
  return {
    parent_code: item.code,
    asset_type: options.assetType,
    ...(item.values.productUuid === undefined ? {} : { product_uuid: item.values.productUuid }),
    assets: Object.fromEntries(item.gallery.map((url, at) => [attributeName(at + 1, options), url])),
  }
}

/** The attribute that holds the image of this rank. */
export function attributeName(rank: number, { attribute }: CatalogixOptions): string {
  return attribute.replaceAll('{rank}', String(rank))
}

/** More images than any gallery has. */
const MOST_RANKS = 1000

/** The ranks that attributes hold, by their names. */
export function ranksByName(options: CatalogixOptions): ReadonlyMap<string, number> {
  return new Map(Array.from({ length: MOST_RANKS }, (_, at) => [attributeName(at + 1, options), at + 1]))
}
