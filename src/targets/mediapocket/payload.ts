import type { Item } from '../../model/item.ts'
import type { JsonObject } from '../../model/json.ts'
import type { Problem, Product } from '../../model/product.ts'
import { columnsIn, fill } from '../template.ts'
import { filenameOf } from './filename.ts'
import type { MediaPocketOptions } from './options.ts'

/** Bodies of the two requests that make an item. */
export interface Payload extends JsonObject {
  /** Of POST and PUT /assets. Never with media_type, which takes nothing but "article". */
  readonly asset: JsonObject
  /** Of POST /assets/:id/media; null: no image is attached. */
  readonly media: JsonObject | null
}

/** The feed's columns that the templates name. */
export function columnsOf({ title, externalId, description, category, tags }: MediaPocketOptions): string[] {
  return [title, externalId, description ?? '', category ?? '', ...tags].flatMap(columnsIn)
}

/** One item per image: external ids are unique, so the images of a product cannot share one. */
export function encode(product: Product, options: MediaPocketOptions): readonly Item[] | Problem {
  const items = product.gallery.map((url, at) => ({
    key: fill(options.externalId, product, at + 1),
    code: product.code,
    gallery: [url],
    values: fieldsOf(product, at + 1, options),
  }))
  const untitled = items.findIndex(({ values }) => values.title === undefined)
  return untitled < 0 ? items : titleMissing(product, untitled + 1, options)
}

export function payload(item: Item, { media }: MediaPocketOptions): Payload {
  const url = item.gallery[0] ?? ''
  return {
    asset: { external_id: item.key, ...item.values },
    media: media ? { file_url: url, filename: filenameOf(url) } : null,
  }
}

/** A field that comes out blank is left out: the feed says nothing about it, and an empty one would erase what is there. */
function fieldsOf(product: Product, rank: number, options: MediaPocketOptions): JsonObject {
  const filled = (template: string | null) => (template === null ? '' : fill(template, product, rank))
  const { title, description, category } = options
  const texts = Object.entries({ title, description, category }).map(([name, text]) => [name, filled(text)] as const)
  const tags = [...new Set(options.tags.map(filled))].filter(isGiven)
  return {
    ...Object.fromEntries(texts.filter(([, text]) => isGiven(text))),
    ...(tags.length === 0 ? {} : { tags }),
  }
}

function isGiven(text: string): boolean {
  return text.trim() !== ''
}

function titleMissing({ code, source }: Product, rank: number, { title }: MediaPocketOptions): Problem {
  const message = `The title "${title}" comes out blank for image ${rank}, and Media Pocket takes no asset without one.`
  const fix = "Fill the column, or put {code} into the target's option title."
  return { reason: 'title-missing', message, fix, code, source }
}
