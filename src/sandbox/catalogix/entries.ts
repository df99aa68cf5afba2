import { isJsonObject, type JsonObject } from '../../model/json.ts'
import type { ApiRequest } from '../exchange.ts'
import { detailError, Refused, statusError } from './answers.ts'

const MAX_ENTRIES = 100

/**
 * The entries of a request's JSON array, read one by one; `read` returns the entry or, as a text that starts with the
 * field, what is wrong with it. One fault of structure refuses the whole request. Throws Refused.
 */
export function readEntries<T extends object>(request: ApiRequest, read: (entry: JsonObject) => T | string): T[] {
  if (!isJsonType(request.headers['content-type'])) {
    throw new Refused(detailError(400, 'Content-Type must be application/json'))
  }
  const values = parse(request.body)
  if (!Array.isArray(values)) throw invalid('the body must be a JSON array')
  if (values.length > MAX_ENTRIES) throw new Refused(statusError(413))
  return values.map((value: unknown, index) => {
    if (!isJsonObject(value)) throw invalid(`[${index}]: must be an object`)
    const entry = read(value)
    if (typeof entry === 'string') throw invalid(`[${index}].${entry}`)
    return entry
  })
}

/** The document's answer to a request of the wrong form. */
export function invalid(detail: string): Refused {
  return new Refused(detailError(422, detail))
}

/** Narrows to a text with at least one character. */
export function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== ''
}

function isJsonType(contentType: string | undefined): boolean {
  return contentType?.split(';')[0]?.trim().toLowerCase() === 'application/json'
}

function parse(body: Buffer): unknown {
  try {
    // JSON has no byte order mark: it is kept, so that it fails.
    return JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body))
  } catch {
    throw invalid('the body is not valid JSON')
  }
}
