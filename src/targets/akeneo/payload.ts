import type { Item } from '../../model/item.ts'
import { isJsonObject, type JsonObject } from '../../model/json.ts'
import type { Problem, Product } from '../../model/product.ts'
import { columnsIn } from '../template.ts'
import { codeAt, LONGEST_CODE, stemOf } from './code.ts'
import type { AkeneoOptions } from './options.ts'
import { valueColumns, valuesOf } from './values.ts'

/** The feed's columns that make the codes and the values of assets. */
export function columnsOf({ code, values }: AkeneoOptions): string[] {
  return [...columnsIn(code), ...valueColumns(values)]
}

/** One item per image. The first one carries the link of the product, so that any change of the gallery updates it. */
export function encode(product: Product, options: AkeneoOptions): readonly Item[] | Problem {
  const stem = stemOf(product, options.code)
  const codes = product.gallery.map((_, at) => codeAt(stem, at + 1))
  const tooLong = codes.find(code => code.length > LONGEST_CODE)
  if (tooLong !== undefined) return codeTooLong(tooLong, product)
  return product.gallery.map((url, at) => ({
    key: codes[at] ?? '',
    code: product.code,
    gallery: [url],
    values: {
      attributes: valuesOf(product, at + 1, options.values),
      ...(at === 0 && options.link !== null ? { link: { codes, stem } } : {}),
    },
  }))
}

/** What the asset and its place in the product are to be; how the values are scoped is known at the PIM only. */
export function payload(item: Item, { attribute, link }: AkeneoOptions): JsonObject {
  const codes = linkOf(item)?.codes
  return {
    code: item.key,
    values: { ...attributesOf(item), [attribute]: item.gallery[0] ?? '' },
    ...(link === null || codes === undefined ? {} : { link: { attribute: link.attribute, codes } }),
  }
}

/** The further values of an item, as texts. */
export function attributesOf({ values }: Item): Readonly<Record<string, string>> {
  return isJsonObject(values.attributes) ? Object.fromEntries(textsIn(values.attributes)) : {}
}

/** The asset codes of the whole product and the stem that they are made of, for the item that carries the link. */
export interface Link {
  readonly codes: readonly string[]
  readonly stem: readonly string[]
}

export function linkOf({ values }: Item): Link | null {
  if (!isJsonObject(values.link)) return null
  return { codes: texts(values.link.codes), stem: texts(values.link.stem) }
}

function textsIn(values: JsonObject): [string, string][] {
  return Object.entries(values).map(([name, text]) => [name, String(text)])
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : []
}

function codeTooLong(assetCode: string, { code, source }: Product): Problem {
  const message = `The asset code "${assetCode}" has ${assetCode.length} characters, Akeneo takes ${LONGEST_CODE}.`
  return { reason: 'code-too-long', message, fix: "Make it shorter with the target's option code.", code, source }
}
