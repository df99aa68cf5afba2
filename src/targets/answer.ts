import { truncate } from '../lib/text.ts'
import type { HttpResponse } from '../model/http.ts'
import { isJsonObject, type Json, type JsonObject } from '../model/json.ts'

/** As much of a target's words as a report has room for. */
const LONGEST_WORDS = 200
/** As much of a page as is looked at for its words. */
const LONGEST_PAGE = 5000
/** Tags within a line, which part no words. */
const INLINE = /<\/?(?:a|abbr|b|code|em|i|kbd|span|strong|u)\b[^<>]*>/gi

/** Undefined when the text is no JSON. */
export function parseJson(text: string): Json | undefined {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Null when the text is no JSON object. */
export function parseObject(text: string): JsonObject | null {
  const value = parseJson(text)
  return isJsonObject(value) ? value : null
}

/** The words of a text or a page: without markup, in one line, at most a few lines long. */
export function plainText(foreign: string): string {
  const words = foreign
    .slice(0, LONGEST_PAGE)
    .replace(INLINE, '')
    .replace(/<[^<>]*>/g, ' ')
  return truncate(words.replace(/\s+/g, ' ').trim(), LONGEST_WORDS)
}

/** What can be said of an answer that has no words of the vendor's: where it redirects, its text, or its status. */
export function httpWords({ status, headers, body }: HttpResponse): string {
  const elsewhere = headers.location
  if (elsewhere !== undefined && status < 400) {
    return `redirected to ${elsewhere.split('?')[0]}; redirects are not followed`
  }
  return plainText(body) || `HTTP ${status}`
}

/** A success by its status that is not what the vendor documents, such as a login page. */
export function notAnAnswer({ status, body }: HttpResponse): string {
  return `HTTP ${status}, but not an answer of this API: ${plainText(body)}`
}
