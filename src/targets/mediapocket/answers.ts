import { Fault } from '../../model/fault.ts'
import type { HttpResponse } from '../../model/http.ts'
import { isJsonObject, type Json, type JsonObject } from '../../model/json.ts'
import { httpWords, notAnAnswer, parseObject, plainText } from '../answer.ts'
import { meaningOfStatus } from '../status.ts'
import type { Meaning } from '../target.ts'

/** Ids are 20 characters of base64url in the vendor's examples. They become parts of addresses. */
const ID = /^[\w-]{1,128}$/

/** An asset as an answer shows it. */
export interface Asset {
  readonly id: string
  readonly externalId: string | null
  readonly trashed: boolean
  /** `placeholder` as long as there is no file; null where the answer does not say. */
  readonly mediaType: string | null
  readonly filename: string | null
}

/**
 * Errors are `{"error":"…"}`, with markup in the text. Removing media answers 200 with `errors: {error, status}` beside the
 * asset when there was something to complain about. Successes are `{"asset":{…}}` or `{"ok":"ok"}`.
 */
export function meaning(response: HttpResponse): Meaning {
  const body = parseObject(response.body)
  const requestId = requestIdOf(response)
  const kind = kindOf(response.status, body)
  if (kind !== 'answer') return { kind, message: wordsOf(body) ?? httpWords(response), requestId }
  const words = body === null || isHarmless(body) ? null : wordsOf(body)
  if (words !== null) return { kind: 'refused', message: words, requestId }
  if (isOk(body) || isJsonObject(body?.asset)) return { kind: 'answer', message: 'ok', requestId }
  return { kind: 'unreadable', message: notAnAnswer(response), requestId }
}

/**
 * Rails, on which this API seems to be built, answers an address that does not exist with `{"status":404,"error":"Not Found"}`;
 * an asset's 404 has no status inside.
 */
function kindOf(status: number, body: JsonObject | null): Meaning['kind'] {
  const isOfAsset = status === 404 && typeof body?.error === 'string' && body.status === undefined
  return isOfAsset ? 'refused' : meaningOfStatus(status)
}

/** Removing the media of a placeholder leaves it as it is wanted. */
function isHarmless({ error, errors }: JsonObject): boolean {
  return error === undefined && isJsonObject(errors) && /^no media\b/i.test(String(errors.error))
}

/** An asset's 404. Its words are documented for one call only, and a wrong address may be answered in others. */
export function isMissing(error: unknown): error is Fault {
  return error instanceof Fault && error.kind === 'refused' && error.http === 404
}

/** "asset not found", word for word: nothing but this address can have said so. */
export function isSurelyMissing(error: unknown): boolean {
  return isMissing(error) && /\basset not found\b/i.test(error.message)
}

/** "External id has already been taken" comes with 400; 409 and 422 would say the same. */
export function isTaken(error: unknown): error is Fault {
  return error instanceof Fault && error.kind === 'refused' && /external.?id\b.*\btaken\b/i.test(error.message)
}

/** The asset of an answer. Anything else than exactly one with an id is a Fault. */
export function assetIn(response: HttpResponse): Asset {
  const asset = parseObject(response.body)?.asset
  if (!isJsonObject(asset) || typeof asset.id !== 'string' || !ID.test(asset.id)) throw unreadable(response)
  const { id, deleted } = asset
  return {
    id,
    externalId: textOf(asset.external_id),
    trashed: Boolean(deleted),
    mediaType: textOf(asset.media_type),
    filename: textOf(asset.original_filename),
  }
}

function textOf(value: Json | undefined): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}

export function requestIdOf({ headers }: HttpResponse): string | null {
  return headers['x-request-id'] ?? null
}

/** True for `{"ok":"ok"}`. */
export function saysOk(response: HttpResponse): boolean {
  return isOk(parseObject(response.body))
}

export function unreadable(response: HttpResponse, why = notAnAnswer(response)): Fault {
  return new Fault('unreadable', why, {
    http: response.status,
    requestId: requestIdOf(response),
  })
}

function isOk(body: JsonObject | null): boolean {
  return body?.ok === 'ok'
}

/** What the body complains about; null: nothing. */
function wordsOf(body: JsonObject | null): string | null {
  const errors = body?.errors
  const inside = isJsonObject(errors) && errors.error !== undefined ? errors.error : errors
  const words = [body?.error, inside].find(isSaid)
  if (words === undefined) return null
  return plainText(typeof words === 'string' ? words : JSON.stringify(words))
}

function isSaid(value: Json | undefined): boolean {
  return value !== undefined && !['null', '""', '[]', '{}'].includes(JSON.stringify(value))
}
