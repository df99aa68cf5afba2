import { isJsonObject, type Json, type JsonObject } from '../../model/json.ts'
import { fold, ownedBy } from './code.ts'
import type { Link } from './payload.ts'

/** "50 assets per asset collection". */
const LONGEST_COLLECTION = 50

/** What a product's collection shall be, and which codes could not be put there. */
export interface Merged {
  readonly codes: readonly string[]
  /** New assets that the PIM does not have. */
  readonly missing: readonly string[]
  /** There is no place for them beside the assets of others. */
  readonly surplus: readonly string[]
}

/**
 * Our codes in the order of the gallery, then those of others as they were, none of which is ever pushed out. Codes that our
 * template makes for ranks beyond the gallery are ours and go.
 */
export function mergeCodes({ codes, stem }: Link, held: readonly string[], missing: ReadonlySet<string>): Merged {
  const isOwn = ownedBy(stem)
  const heldFolded = new Set(held.map(fold))
  const isMissing = (code: string) => missing.has(code) && !heldFolded.has(fold(code))
  const own = codes.filter(code => !isMissing(code))
  const foreign = held.filter(code => !isOwn(code))
  const places = Math.max(0, LONGEST_COLLECTION - foreign.length)
  return { codes: [...own.slice(0, places), ...foreign], missing: codes.filter(isMissing), surplus: own.slice(places) }
}

export function isSame(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((code, at) => fold(code) === fold(right[at] ?? ''))
}

/** The codes in the product's collection; null when the product is not as documented, so that nothing is lost by a guess. */
export function collectionOf({ values }: JsonObject, attribute: string): readonly string[] | null {
  if (Array.isArray(values) && values.length === 0) return [] // how PHP writes an object without keys
  if (!isJsonObject(values)) return null
  const entries = Object.hasOwn(values, attribute) ? values[attribute] : []
  if (!Array.isArray(entries)) return null
  const entry = entries.find(each => isJsonObject(each) && each.locale === null && each.scope === null)
  if (entry === undefined) return entries.length === 0 ? [] : null
  return isJsonObject(entry) ? codesIn(entry.data) : null
}

/** What replaces the collection; the other values of the product stay. Products say scope where assets say channel. */
export function collectionValue(attribute: string, codes: readonly string[]): JsonObject {
  return Object.fromEntries([[attribute, [{ locale: null, scope: null, data: codes }]]])
}

function codesIn(data: Json | undefined): readonly string[] | null {
  return Array.isArray(data) && data.every(code => typeof code === 'string') ? data : null
}
