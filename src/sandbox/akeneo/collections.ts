import { isJsonObject, type Json, type JsonObject } from '../../model/json.ts'
import { ACCOUNT } from './account.ts'
import { Refused, type Violation } from './answers.ts'
import type { Pim } from './call.ts'

/** What a product PATCH says of one asset collection. Null erases it. */
export interface Collection {
  readonly attribute: string
  readonly locale: string | null
  readonly scope: string | null
  readonly codes: readonly string[] | null
}

const MAX_ASSETS = 50
const DOCUMENTATION = 'http://api.akeneo.com/api-reference.html#patch_products__code_'

/** The asset collections among a product's values. Throws Refused with 422 for a wrong form. */
export function readCollections(values: Json, { settings }: Pim): Collection[] {
  if (!isJsonObject(values))
    throw malformed(`Property "values" expects an array as data, ${JSON.stringify(values)} given.`)
  return Object.entries(values).flatMap(([attribute, list]) => {
    if (settings.collections !== 'any' && !settings.collections.includes(attribute)) {
      throw malformed(`The ${attribute} attribute does not exist in your PIM.`)
    }
    if (!Array.isArray(list)) throw malformed(`Property "${attribute}" expects an array as data.`)
    return list.map((value: Json) => readCollection(attribute, value))
  })
}

/** What keeps the collection from being saved. */
export function collectionProblems(collection: Collection, { assets }: Pim): Violation[] {
  const { attribute, locale, scope, codes } = collection
  const violation = (message: string): Violation => ({ property: 'values', message, attribute, locale, scope })
  const isScoped = locale !== null || scope !== null
  const missing = (codes ?? []).filter(code => assets.find(code) === null)
  return [
    ...(isScoped ? [violation(`The ${attribute} attribute has no value per locale or channel.`)] : []),
    ...((codes?.length ?? 0) > MAX_ASSETS ? [violation(`You can link up to ${MAX_ASSETS} assets.`)] : []),
    ...missing.map(code => violation(`The asset "${code}" does not exist in the family "${ACCOUNT.family}".`)),
  ]
}

/** A refusal of the form, with the address of the page that tells it. */
export function malformed(problem: string): Refused {
  const message = `${problem} Check the expected format on the API documentation.`
  return new Refused(422, { message, _links: { documentation: { href: DOCUMENTATION } } })
}

function readCollection(attribute: string, value: Json): Collection {
  if (!isJsonObject(value)) throw malformed(`Property "${attribute}" expects an array of arrays as data.`)
  const missing = ['locale', 'scope', 'data'].find(key => !Object.hasOwn(value, key))
  if (missing !== undefined) throw malformed(`Property "${attribute}" expects an array with the key "${missing}".`)
  return {
    attribute,
    locale: readText(attribute, value, 'locale'),
    scope: readText(attribute, value, 'scope'),
    codes: readCodes(attribute, value.data ?? null),
  }
}

function readText(attribute: string, value: JsonObject, key: string): string | null {
  const text = value[key] ?? null
  if (text === null || typeof text === 'string') return text
  throw malformed(`Property "${attribute}" expects a string as ${key}.`)
}

function readCodes(attribute: string, data: Json): string[] | null {
  if (data === null) return null
  if (!Array.isArray(data)) throw malformed(`Property "${attribute}" expects an array as data.`)
  const codes = data.filter(code => typeof code === 'string')
  if (codes.length < data.length) throw malformed(`Property "${attribute}" expects an array of strings as data.`)
  return codes
}
