import { isJsonObject, type Json, type JsonObject } from '../../model/json.ts'
import type { Product } from '../../model/product.ts'
import { fill } from '../template.ts'
import type { ProductAiOptions } from './options.ts'

/** What an asset is called, and what it is filed under. */
export interface Label {
  /** Empty: none of its own. */
  readonly name: string
  readonly tags: readonly string[]
}

/** The label that the templates give an image of the product. `rank` stands wherever they say {rank}. */
export function labelOf(product: Product, { name, tags }: ProductAiOptions, rank: string): Label & JsonObject {
  const filled = (template: string) => {
    const parts = template.split('{rank}').map(part => fill(part, product, 0)) // no part has a rank
    return parts.join(rank)
  }
  const texts = tags.map(template => withoutCommas(filled(template))).filter(tag => tag.trim() !== '')
  return { name: filled(name), tags: [...new Set(texts)] }
}

/** The list's filter has commas between tags, so nobody could ask for a tag that holds one. */
function withoutCommas(tag: string): string {
  return tag.replaceAll(',', '%2C')
}

/** The label in a value of an item or an asset; what is missing there is empty. */
export function readLabel(value: Json | undefined): Label {
  const { name, tags } = isJsonObject(value) ? value : {}
  return {
    name: typeof name === 'string' ? name : '',
    tags: Array.isArray(tags) ? tags.filter(tag => typeof tag === 'string') : [],
  }
}

/** True when the held label is the wanted one; without a name of its own an asset may have any. */
export function isLabelled(held: Label, wanted: Label): boolean {
  const tags = new Set(held.tags)
  const isNamed = wanted.name === '' || wanted.name === held.name
  return isNamed && tags.size === wanted.tags.length && wanted.tags.every(tag => tags.has(tag))
}
