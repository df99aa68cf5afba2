import { isJsonObject, type Json, type JsonObject } from '../../model/json.ts'
import { type ApiAnswer, jsonAnswer } from '../exchange.ts'
import { plain, type Refusal, Refused, tooManyResources, type Violation } from './answers.ts'
import type { Asset, AssetValue } from './asset-store.ts'
import { type Call, type Pim, type Route, readJson } from './call.ts'
import { requireFamily } from './family.ts'
import { brokenRules, codeProblem, NOT_SAVED } from './rules.ts'
import { type AssetItem, type NewValue, readItem, typeError } from './structure.ts'

const MAX_ITEMS = 100

/** PATCH /api/rest/v1/asset-families/{family}/assets: 200 with a result per item, in the order of the request. */
export const upsertAssets: Route = call => {
  if (call.pim.settings.forbidden) {
    throw new Refused(403, 'Access forbidden. You are not allowed to create or update assets.')
  }
  requireFamily(call.params[0] ?? '')
  const items = readItems(readJson(call.request.body))
  return call.pim.transaction(() => upsertAll(call, items))
}

function readItems(list: Json): JsonObject[] {
  const errors = Array.isArray(list)
    ? list.flatMap((item: Json, at) => (isJsonObject(item) ? [] : [typeError(`[${at}]`, item, ['object'])]))
    : [typeError('', list, ['array'])]
  if (errors.length > 0) throw new Refused(400, { message: 'The list of assets has an invalid format.', errors })
  const items = Array.isArray(list) ? list.filter(isJsonObject) : []
  if (items.length > MAX_ITEMS) throw tooManyResources()
  return items
}

/** Item by item: when the server breaks in the middle, the items before that are stored although the answer is 500. */
function upsertAll(call: Call, items: readonly JsonObject[]): ApiAnswer {
  const results: JsonObject[] = []
  for (const item of items) {
    if (breaksAt(results.length, call.pim)) return new Refused(500, 'Internal Server Error').answer
    results.push(upsertItem(call, item))
  }
  return jsonAnswer(200, results)
}

function breaksAt(stored: number, pim: Pim): boolean {
  const { crash } = pim.settings
  if (crash === null || stored !== crash.after || pim.crashes >= crash.times) return false
  pim.crashes++
  return true
}

function upsertItem({ pim, fails }: Call, item: JsonObject): JsonObject {
  const code = typeof item.code === 'string' ? item.code : ''
  const asset = readItem(item, pim.settings)
  if (isInvalid(asset)) return refused(code, { message: 'The asset has an invalid format.', errors: asset })
  const held = pim.assets.find(code)
  const problem = codeProblem(code, held === null, pim.settings)
  if (problem) return refused(code, problem)
  const errors = fails(code) ? [NOT_SAVED] : brokenRules(asset, pim)
  if (errors.length > 0) {
    return refused(code, { message: 'The asset has data that does not comply with the business rules.', errors })
  }
  pim.assets.save(merge(held, asset, pim.clock.wall()))
  return { code, status_code: held ? 204 : 201 }
}

function isInvalid(asset: AssetItem | Violation[]): asset is Violation[] {
  return Array.isArray(asset)
}

function refused(code: string, refusal: Refusal): JsonObject {
  return { code, status_code: 422, ...plain(refusal) }
}

/** Values are set by attribute, locale and channel; those that are not named stay as they are. */
function merge(held: Asset | null, { code, values }: AssetItem, now: number): Asset {
  const merged = new Map<string, NewValue>((held?.values ?? []).map(value => [placeOf(value), value]))
  for (const value of values) merged.set(placeOf(value), value)
  return { code, values: [...merged.values()].filter(isFilled), created: held?.created ?? now, updated: now }
}

function placeOf({ attribute, locale, channel }: NewValue): string {
  return JSON.stringify([attribute, locale, channel])
}

function isFilled(value: NewValue): value is AssetValue {
  return value.data !== null
}
