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
  const { code, gallery, values } = item
  const assets: Record<string, string> = {}
  for (const [at, url] of gallery.entries()) assets[attributeName(at + 1, options)] = url
  // Written out, and in the vendor's order: there may be a million of them, twice each.
  if (values.productUuid === undefined) return { parent_code: code, asset_type: options.assetType, assets }
  return { parent_code: code, asset_type: options.assetType, product_uuid: values.productUuid, assets }
}

/** The names for each options, rank 1 at index 0: they are asked for with every image. */
const names = new WeakMap<CatalogixOptions, string[]>()

/** The attribute that holds the image of this rank. */
export function attributeName(rank: number, options: CatalogixOptions): string {
  const known = names.get(options) ?? []
  if (known.length === 0) names.set(options, known)
  for (let next = known.length + 1; next <= rank; next++) {
    known.push(options.attribute.replaceAll('{rank}', String(next)))
  }
  return known[rank - 1] ?? ''
}

/** More images than any gallery has. */
const MOST_RANKS = 1000

/** The ranks that attributes hold, by their names. */
export function ranksByName(options: CatalogixOptions): ReadonlyMap<string, number> {
  return new Map(Array.from({ length: MOST_RANKS }, (_, at) => [attributeName(at + 1, options), at + 1]))
}
