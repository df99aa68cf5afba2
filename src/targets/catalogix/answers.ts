import type { HttpResponse } from '../../model/http.ts'
import { isJsonObject, type Json, type JsonObject } from '../../model/json.ts'
import type { Suspect, Verdict } from '../../model/outcome.ts'
import { httpWords, notAnAnswer, parseObject, plainText } from '../answer.ts'
import { meaningOfStatus } from '../status.ts'
import type { Load, Meaning } from '../target.ts'

/** Names under which an entry of `error_info` may say which item it means; its shape is not documented. */
const CODE_NAMES = ['parent_code', 'product_code', 'sku_code', 'code', 'sku']

/**
 * Three error bodies exist: `{status:"error",detail}` (400, 502), `{status:{code:-1,message}}` (401, 413, 429, 500) and
 * `{status:{…},data:{error_info:[{reason,details}]}}`. A 200 with one of them is a refusal as well.
 */
export function meaning(response: HttpResponse): Meaning {
  const body = parseObject(response.body)
  const requestId = idOf(body, response)
  const kind = meaningOfStatus(response.status)
  if (kind !== 'answer') return { kind, message: wordsOf(body) ?? httpWords(response), requestId }
  if (isError(body)) return { kind: 'refused', message: wordsOf(body) ?? plainText(response.body), requestId }
  if (isJsonObject(body?.status) && body.status.code === 0 && isJsonObject(body.data)) {
    return { kind: 'answer', message: 'SUCCESS', requestId }
  }
  return { kind: 'unreadable', message: notAnAnswer(response), requestId }
}

function isError(body: JsonObject | null): boolean {
  const status = body?.status
  return status === 'error' || (isJsonObject(status) && typeof status.code === 'number' && status.code !== 0)
}

/**
 * Totals become verdicts. A load the ledger holds was updated. One it does not hold was created where nothing was
 * updated, updated where nothing was created, and accepted where the answer has both. The unit of the counters (items or
 * images) is not documented, so their sum is never compared with anything.
 */
export function verdicts(load: Load, response: HttpResponse): readonly (Verdict | Suspect)[] {
  const body = parseObject(response.body)
  const data = isJsonObject(body?.data) ? body.data : {}
  const counts = { created: count(data.created), updated: count(data.updated), failed: count(data.failed) }
  const facts = { http: response.status, requestId: idOf(body, response), remoteId: null }
  const passed: Verdict = { status: statusOf(load, counts), reason: null, message: null, ...facts }
  const failed = (reason: string, message: string): Verdict => ({ ...passed, status: 'failed', reason, message })
  const nonePassed = counts.created === 0 && counts.updated === 0

  if (counts.failed === 0) {
    if (!nonePassed) return load.items.map(() => passed)
    return load.items.map(() => failed('unattributed', 'Catalogix answered success but counted nothing.'))
  }
  const { named, others } = sortErrors(data.error_info, load)
  return load.items.map(({ code }) => {
    const error = named.get(code)
    if (error) return failed('target-rejected', describe(error))
    if (nonePassed || load.items.length === 1) return failed('target-rejected', others)
    return named.size >= counts.failed ? passed : { status: 'suspect', ifPassed: passed }
  })
}

/** The errors that name an item of the load by its code, and what is to be said of an item that none of them names. */
function sortErrors(info: Json | undefined, { items }: Load): { named: Map<string, JsonObject>; others: string } {
  const errors = errorsIn(info)
  const named = new Map<string, JsonObject>()
  for (const { code } of items) {
    const error = errors.find(each => names(each, code))
    if (error) named.set(code, error)
  }
  const nameless = errors.filter(error => ![...named.values()].includes(error)).map(describe)
  return { named, others: nameless.find(words => words !== '') ?? 'Catalogix counted this item as failed.' }
}

function statusOf({ action }: Load, { created, updated }: { created: number; updated: number }): Verdict['status'] {
  if (action === 'update') return 'updated'
  if (updated === 0) return 'created'
  return created === 0 ? 'updated' : 'accepted'
}

function errorsIn(info: Json | undefined): JsonObject[] {
  return Array.isArray(info) ? info.filter(isJsonObject) : []
}

function names(error: JsonObject, code: string): boolean {
  return CODE_NAMES.some(name => error[name] === code)
}

function describe(error: JsonObject): string {
  const words = [error.reason, error.details, error.detail, error.message].filter(word => typeof word === 'string')
  if (words.length > 0) return plainText(words.join(': '))
  return Object.keys(error).length === 0 ? '' : plainText(JSON.stringify(error))
}

function wordsOf(body: JsonObject | null): string | null {
  if (body === null) return null
  if (typeof body.detail === 'string') return plainText(body.detail)
  if (body.detail !== undefined) return plainText(JSON.stringify(body.detail))
  const errors = isJsonObject(body.data) ? errorsIn(body.data.error_info) : []
  const details = errors.map(describe).filter(words => words !== '')
  if (details.length > 0) return plainText(details.join('; '))
  return isJsonObject(body.status) && typeof body.status.message === 'string' ? plainText(body.status.message) : null
}

function idOf(body: JsonObject | null, { headers }: HttpResponse): string | null {
  const id = isJsonObject(body?.status) ? body.status.request_id : undefined
  return typeof id === 'string' ? id : (headers['x-request-id'] ?? null)
}

function count(value: Json | undefined): number {
  return typeof value === 'number' && Number.isFinite(value) && value > 0 ? value : 0
}
