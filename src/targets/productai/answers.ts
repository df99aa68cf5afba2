import { Fault } from '../../model/fault.ts'
import type { HttpResponse } from '../../model/http.ts'
import { isJsonObject, type Json, type JsonObject } from '../../model/json.ts'
import { httpWords, notAnAnswer, parseJson, parseObject, plainText } from '../answer.ts'
import { meaningOfStatus } from '../status.ts'
import type { Meaning } from '../target.ts'

/**
 * The document names statuses and no bodies. Its other endpoints have been seen with `{status, message, code}` and
 * `{name, message, details}`, the latter with 402, which like 403 speaks of the plan and not of the key.
 */
export function meaning(response: HttpResponse): Meaning {
  const kind = kindOf(response)
  const message = kind === 'answer' ? 'OK' : kind === 'unreadable' ? notAnAnswer(response) : wordsOf(response)
  return { kind, message, requestId: requestIdOf(response) }
}

function kindOf({ status, body }: HttpResponse): Meaning['kind'] {
  if (isPlanLimit(status)) return 'refused'
  // The API says in JSON that an asset is not there; any other 404 is a gateway's, which knows of no asset.
  if (status === 404 && isJsonObject(parseJson(body))) return 'refused'
  const kind = meaningOfStatus(status)
  if (kind !== 'answer' || isJsonObject(parseJson(body))) return kind
  return status === 204 && body.trim() === '' ? 'answer' : 'unreadable'
}

/** 403 is documented as a limit of the plan, 402 is what the vendor answers without credits. */
export function isPlanLimit(status: number | null): boolean {
  return status === 402 || status === 403
}

/** The fault of an answer that is JSON, but not of the form this API gives here. */
export function unreadable(response: HttpResponse, missing: string): Fault {
  const { status: http, attempts } = response
  const message = `${notAnAnswer(response)} (${missing})`
  return new Fault('unreadable', message, { http, attempts, requestId: requestIdOf(response) })
}

export function requestIdOf({ headers }: HttpResponse): string | null {
  return headers['x-request-id'] ?? null
}

function wordsOf(response: HttpResponse): string {
  const error = parseObject(response.body)
  return (error === null ? '' : describe(error)) || httpWords(response)
}

function describe({ message, details, error, code }: JsonObject): string {
  const words = [message, details].filter(isWords)
  if (words.length > 0) return plainText(words.join(': '))
  return isJsonObject(error) ? describe(error) : plainText([error, code].find(isWords) ?? '')
}

function isWords(value: Json | undefined): value is string {
  return typeof value === 'string' && value.trim() !== ''
}
