import { isJsonObject, type Json, type JsonObject } from '../../model/json.ts'
import type { Violation } from './answers.ts'
import type { AssetValue } from './asset-store.ts'
import { attributeOf } from './attributes.ts'
import type { Settings } from './behaviour.ts'

/** An item of a list PATCH in the right form. A value whose data is null erases what is held. */
export interface AssetItem {
  readonly code: string
  readonly values: readonly NewValue[]
}

export type NewValue = Omit<AssetValue, 'data'> & { readonly data: string | null }

const DATES = ['created', 'updated']
const OTHERS = ['asset_family_code']
const OF_VALUES = ['attribute_type', 'linked_data', '_links']

/** The item, or what is wrong with its form. A null in `locale` or `channel` has to be written out. */
export function readItem(item: JsonObject, settings: Settings): AssetItem | Violation[] {
  const { code, values = {} } = item
  const errors = [
    ...checkKeys('', item, ['code'], allowedKeys(settings)),
    ...(code === undefined ? [] : checkType('code', code, ['string'])),
    ...(isJsonObject(values) ? checkValues(values, settings) : [typeError('values', values, ['object'])]),
  ]
  if (errors.length > 0) return errors
  return { code: String(code), values: isJsonObject(values) ? Object.entries(values).flatMap(toValues) : [] }
}

/** How the vendor says that data has another type than it should. */
export function typeError(property: string, data: Json, types: readonly string[]): Violation {
  return { property, message: `The data (${typeOf(data)}) must match the type: ${types.join(', ')}` }
}

function allowedKeys({ forgives }: Settings): string[] {
  const dates = forgives === 'none' ? [] : DATES
  return ['_links', 'code', 'values', ...dates, ...(forgives === 'all' ? OTHERS : [])]
}

function checkValues(values: JsonObject, settings: Settings): Violation[] {
  return Object.entries(values).flatMap(([code, list]) => {
    const property = `values.${code}`
    if (attributeOf(code, settings) === null) {
      return [{ property, message: `The attribute ${JSON.stringify(code)} does not exist` }]
    }
    if (!Array.isArray(list)) return [typeError(property, list, ['array'])]
    return list.flatMap((value: Json, at) => checkValue(`${property}[${at}]`, value, settings))
  })
}

function checkValue(property: string, value: Json, { forgives }: Settings): Violation[] {
  if (!isJsonObject(value)) return [typeError(property, value, ['object'])]
  const required = ['locale', 'channel', 'data']
  const allowed = forgives === 'all' ? [...required, ...OF_VALUES] : required
  const present = required.filter(key => Object.hasOwn(value, key))
  return [
    ...checkKeys(property, value, required, allowed),
    ...present.flatMap(key => checkType(`${property}.${key}`, value[key] ?? null, ['string', 'null'])),
  ]
}

function checkKeys(
  property: string,
  value: JsonObject,
  required: readonly string[],
  allowed: readonly string[],
): Violation[] {
  const missing = required.filter(key => !Object.hasOwn(value, key))
  const extra = Object.keys(value).filter(key => !allowed.includes(key))
  return [
    ...(missing.length > 0
      ? [{ property, message: `The required properties (${missing.join(', ')}) are missing` }]
      : []),
    ...(extra.length > 0
      ? [{ property, message: `Additional object properties are not allowed: ${extra.join(', ')}` }]
      : []),
  ]
}

function checkType(property: string, data: Json, types: readonly string[]): Violation[] {
  return types.includes(typeOf(data)) ? [] : [typeError(property, data, types)]
}

function typeOf(data: Json): string {
  if (data === null) return 'null'
  if (Array.isArray(data)) return 'array'
  if (typeof data === 'number') return Number.isInteger(data) ? 'integer' : 'number'
  return typeof data
}

/** The form has been checked: lists hold objects, and these a text or null under each key. */
function toValues([attribute, list]: [string, Json]): NewValue[] {
  const values = Array.isArray(list) ? list.filter(isJsonObject) : []
  return values.map(({ locale = null, channel = null, data = null }) => ({
    attribute,
    locale: textOrNull(locale),
    channel: textOrNull(channel),
    data: textOrNull(data),
  }))
}

function textOrNull(data: Json): string | null {
  return typeof data === 'string' ? data : null
}
