import type { Item } from '../../model/item.ts'
import type { Json, JsonObject } from '../../model/json.ts'
import type { Problem, Product } from '../../model/product.ts'
import { columnsIn } from '../template.ts'
import { type Label, labelOf, readLabel } from './label.ts'
import type { ProductAiOptions } from './options.ts'
import { keyOf, looksOwn, tagOf } from './tag.ts'

/** One item per image. */
export function encode(product: Product, options: ProductAiOptions): readonly Item[] | Problem {
  const { code, source } = product
  // ProductAI knows no ranks, so an image that only moved has not changed, even where its name tells the rank.
  const anyRank = labelOf(product, options, '{rank}')
  const items = product.gallery.map((url, at) => ({
    key: keyOf(code, url),
    code,
    gallery: [url],
    values: { label: labelOf(product, options, String(at + 1)), anyRank },
  }))
  const reserved = items.flatMap(({ values }) => values.label.tags).find(looksOwn)
  if (reserved === undefined) return items
  const message = `The tag "${reserved}" would be taken for one of assetsync's own.`
  return { reason: 'tag-reserved', message, fix: 'Change the feed, or tags in the config.', code, source }
}

/** What decides whether an image has changed: the body that imports it, but for the rank. */
export function payload({ key, gallery: [url = ''], values }: Item): JsonObject {
  return bodyOf(url, withOwnTag(values.anyRank, key))
}

/** The body of the vendor's POST /training-asset for an image that ProductAI fetches. */
export function bodyOf(url: string, { name, tags }: Label): JsonObject {
  return { url, ...(name === '' ? {} : { name }), tags }
}

/** The label that the item's asset gets, the tag by which it is found included. */
export function labelFor({ key, values }: Item): Label {
  return withOwnTag(values.label, key)
}

function withOwnTag(value: Json | undefined, key: string): Label {
  const { name, tags } = readLabel(value)
  return { name, tags: [...tags, tagOf(key)] }
}

/** The feed's columns that the templates refer to. */
export function columns({ name, tags }: ProductAiOptions): readonly string[] {
  return [name, ...tags].flatMap(columnsIn)
}
