import { truncate } from '../../lib/text.ts'
import { Fault } from '../../model/fault.ts'
import type { HttpResponse } from '../../model/http.ts'
import { isJsonObject, type Json, type JsonObject } from '../../model/json.ts'
import { meaningOfStatus } from '../status.ts'
import type { Meaning } from '../target.ts'

const LONGEST_WORDS = 300
/** More of a page is not looked at for words. */
const LONGEST_PAGE = 5000

/**
 * The document names statuses and no bodies. Its other endpoints have been seen with `{status, message, code}` and
 * `{name, message, details}`, the latter with 402, which like 403 speaks of the plan and not of the key.
 */
export function meaning(response: HttpResponse): Meaning {
  const kind = kindOf(response)
  const message = kind === 'answer' ? 'OK' : kind === 'unreadable' ? strange(response) : wordsOf(response)
  return { kind, message, requestId: requestIdOf(response) }
}

function kindOf({ status, body }: HttpResponse): Meaning['kind'] {
  if (isPlanLimit(status)) return 'refused'
  const kind = meaningOfStatus(status)
  if (kind !== 'answer' || isJsonObject(parse(body))) return kind
  return status === 204 && body.trim() === '' ? 'answer' : 'unreadable'
}

/** 403 is documented as a limit of the plan, 402 is what the vendor answers without credits. */
export function isPlanLimit(status: number | null): boolean {
  return status === 402 || status === 403
}

/** The fault of an answer that is JSON, but not of the form this API gives here. */
export function unreadable(response: HttpResponse, missing: string): Fault {
  const { status: http, attempts } = response
  const message = `${strange(response)} (${missing})`
  return new Fault('unreadable', message, { http, attempts, requestId: requestIdOf(response) })
}

export function requestIdOf({ headers }: HttpResponse): string | null {
  return headers['x-request-id'] ?? null
}

/** Undefined when the text is no JSON. */
export function parse(text: string): Json | undefined {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function strange({ status, body }: HttpResponse): string {
  return `HTTP ${status}, but not an answer of this API: ${excerpt(body)}`
}

function wordsOf({ status, headers, body }: HttpResponse): string {
  if (headers.location !== undefined) {
    return `redirected to ${headers.location.split('?')[0]}; redirects are not followed`
  }
  const error = parse(body)
  return (isJsonObject(error) ? describe(error) : '') || excerpt(body) || `HTTP ${status}`
}

function describe({ message, details, error, code }: JsonObject): string {
  const words = [message, details].filter(isWords)
  if (words.length > 0) return excerpt(words.join(': '))
  return isJsonObject(error) ? describe(error) : excerpt([error, code].find(isWords) ?? '')
}

function isWords(value: Json | undefined): value is string {
  return typeof value === 'string' && value.trim() !== ''
}

/** The words of a text or a page, in one line. */
function excerpt(text: string): string {
  const words = text.slice(0, LONGEST_PAGE).replace(/<[^<>]*>/g, ' ')
  return truncate(words.replace(/\s+/g, ' ').trim(), LONGEST_WORDS)
}
