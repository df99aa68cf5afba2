import { Fault } from '../../model/fault.ts'
import type { HttpResponse } from '../../model/http.ts'
import { isJsonObject, type Json, type JsonObject } from '../../model/json.ts'
import { httpWords, parseJson, plainText } from '../answer.ts'
import { meaningOfStatus } from '../status.ts'
import type { Meaning } from '../target.ts'

/** The one 400 that is about who asks: the credentials are those of another tenant. */
const OTHER_TENANT = /^Tenant in the header is not matching/
/**
 * Two error bodies exist: `{fault:{faultstring,detail:{errorcode}}}` of the gateway, Apigee (every 401), and
 * `{code,status,message,details[]}` of the services. The token's own error body is not documented.
 */
export function meaning(response: HttpResponse): Meaning {
  const body = parseJson(response.body)
  const requestId = response.headers['x-request-id'] ?? null
  const kind = kindOf(response.status, body)
  if (kind !== 'answer') return { kind, message: wordsOf(body) ?? httpWords(response), requestId }
  if (response.status === 204 || isJsonObject(body) || Array.isArray(body)) {
    return { kind: 'answer', message: 'OK', requestId }
  }
  const shown = response.body.includes('_token"') ? 'a token that is cut' : plainText(response.body) // nobody shall see a token
  return { kind: 'unreadable', message: `HTTP ${response.status}, but not an answer of this API: ${shown}`, requestId }
}

function kindOf(status: number, body: Json | undefined): Meaning['kind'] {
  // Apigee's limits answer 429 or, in older set-ups, 500.
  if (errorCode(body).startsWith('policies.ratelimit.')) return 'throttled'
  const message = isJsonObject(body) && body.code === status && isWords(body.message) ? body.message : null
  if (status === 400 && message !== null && OTHER_TENANT.test(message)) return 'credentials'
  // A service that does not know the asset says so in its own form; any other 404 is no service at all.
  if (status === 404 && message !== null) return 'refused'
  return meaningOfStatus(status)
}

/** The fault of an answer that is JSON, but not of the form this API gives here. */
export function unreadable({ status, body, attempts }: HttpResponse, expected: string): Fault {
  const message = `HTTP ${status}, but the answer holds no ${expected}: ${plainText(body)}`
  return new Fault('unreadable', message, { http: status, attempts })
}

function wordsOf(body: Json | undefined): string | null {
  if (!isJsonObject(body)) return null
  if (isJsonObject(body.fault) && typeof body.fault.faultstring === 'string') return plainText(body.fault.faultstring)
  const words = [body.message, body.error_description, body.error].find(isWords)
  if (words === undefined) return null
  const details = Array.isArray(body.details) ? body.details.filter(isWords) : []
  return plainText([words, ...details.filter(isNoLink)].join(' '))
}

function errorCode(body: Json | undefined): string {
  const fault = isJsonObject(body) && isJsonObject(body.fault) ? body.fault : {}
  const detail: JsonObject = isJsonObject(fault.detail) ? fault.detail : {}
  return typeof detail.errorcode === 'string' ? detail.errorcode : ''
}

function isWords(value: Json | undefined): value is string {
  return typeof value === 'string' && value.trim() !== ''
}

/** Many errors carry the address of a general page on errors as their only detail. */
function isNoLink(text: string): boolean {
  return !/^https?:\/\/\S+$/.test(text)
}
