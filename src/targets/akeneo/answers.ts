import { truncate } from '../../lib/text.ts'
import { Fault } from '../../model/fault.ts'
import type { HttpResponse } from '../../model/http.ts'
import { isJsonObject, type Json, type JsonObject } from '../../model/json.ts'
import { httpWords, parseJson, plainText } from '../answer.ts'
import { meaningOfStatus } from '../status.ts'
import type { Meaning } from '../target.ts'
import { parseLines } from './lines.ts'

/** As much of the PIM's words as a report has room for: its `errors` say more than its `message`. */
const LONGEST_WORDS = 500
/** Errors of the PIM are `{code, message, errors?: [{property, message}]}`, whatever their status. */
export function meaning(response: HttpResponse): Meaning {
  const kind = kindOf(response)
  const message = kind === 'answer' ? '' : kind === 'unreadable' ? unreadableWords(response) : wordsOf(response)
  return { kind, message, requestId: requestIdOf(response) }
}

function kindOf({ status, body }: HttpResponse): Meaning['kind'] {
  const kind = meaningOfStatus(status)
  if (kind === 'answer') return isDocumented(status, body) ? 'answer' : 'unreadable'
  if (status === 403 && errorOf(body) === null) return 'too-large' // the platform's, "instead of 413"
  if (status === 404 && isMissingResource(body)) return 'refused'
  if (status === 406 || status === 415) return 'endpoint' // no other content will be taken either
  return kind
}

/** 200 has JSON or lines of it; 201 and 204 have no body. */
function isDocumented(status: number, body: string): boolean {
  if (status === 201 || status === 204) return body.trim() === ''
  return status === 200 && body.trim() !== '' && (parseJson(body) !== undefined || parseLines(body) !== null)
}

/** A product or an asset does not exist. Without its family or the route nothing will work, so those are wrong addresses. */
function isMissingResource(body: string): boolean {
  const error = errorOf(body)
  return error !== null && !/^(?:No route found|Asset family )/.test(String(error.message))
}

/** The message and the errors of one refusal, of a whole request or of one of its items. */
export function describe(error: JsonObject): string {
  const errors = Array.isArray(error.errors) ? error.errors.filter(isJsonObject).map(describeViolation) : []
  const message = typeof error.message === 'string' ? error.message : ''
  return truncate([message, errors.filter(words => words !== '').join('; ')].join(' ').trim(), LONGEST_WORDS)
}

function describeViolation({ property, message }: JsonObject): string {
  return [property, message].filter(word => typeof word === 'string' && word !== '').join(': ')
}

export function requestIdOf({ headers }: HttpResponse): string | null {
  return headers['x-request-id'] ?? null
}

/** The fault of an answer, or of an entry in it, that is not what the PIM documents. */
export function unreadable(response: HttpResponse, found: Json | undefined): Fault {
  const words = found === undefined ? unreadableWords(response) : unreadableWords(response, JSON.stringify(found))
  const { status: http, attempts } = response
  return new Fault('unreadable', words, { http, attempts, requestId: requestIdOf(response) })
}

function unreadableWords({ status, body }: HttpResponse, found = body): string {
  const shown = found.includes('_token"') ? 'a token that is cut' : plainText(found) // nobody shall see a token
  return `HTTP ${status}, but not an answer of this API: ${shown}`
}

function wordsOf(response: HttpResponse): string {
  const error = errorOf(response.body)
  return (error === null ? '' : describe(error)) || httpWords(response)
}

function errorOf(body: string): JsonObject | null {
  const error = parseJson(body)
  return isJsonObject(error) && typeof error.message === 'string' ? error : null
}
