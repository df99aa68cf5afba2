import type { Item } from '../../model/item.ts'
import type { JsonObject } from '../../model/json.ts'
import type { Product } from '../../model/product.ts'
import { columnsIn, fill } from '../template.ts'
import type { TemplateOptions } from './options.ts'

/** Columns of the feed that the options name. */
export function columns({ key }: TemplateOptions): readonly string[] {
  return columnsIn(key)
}

/** One item per image. What this API is documented to refuse is refused here, as a Problem. */
export function encode(product: Product, { key }: TemplateOptions): readonly Item[] {
  return product.gallery.map((url, at) => ({
    key: fill(key, product, at + 1),
    code: product.code,
    gallery: [url],
    values: { rank: at + 1 },
  }))
}

/** What is sent for an item, and by which it is decided whether it has changed. */
export function payload({ code, gallery, values }: Item): JsonObject {
  return { code, rank: values.rank ?? null, url: gallery[0] ?? null }
}
