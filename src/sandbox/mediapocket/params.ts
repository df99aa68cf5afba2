import { isJsonObject, type JsonObject } from '../../model/json.ts'
import type { ApiRequest } from '../exchange.ts'
import { Refused } from './answers.ts'

/** The parameters in a request's JSON object. Throws Refused. */
export function readParams({ headers, body }: ApiRequest): JsonObject {
  if (headers['content-type']?.split(';')[0]?.trim().toLowerCase() !== 'application/json') {
    throw new Refused(422, 'Content-Type must be application/json')
  }
  const params = parse(body)
  if (!isJsonObject(params)) throw new Refused(400, 'The request body must be a JSON object')
  return params
}

/** A text that must be there and not be blank. Throws Refused. */
export function requiredText(params: JsonObject, name: string): string {
  const text = optionalText(params, name) ?? ''
  if (text.trim() === '') throw new Refused(422, `Missing parameter ${name}`)
  return text
}

/** Undefined when the parameter is not there; null is no text. Throws Refused. */
export function optionalText(params: JsonObject, name: string): string | undefined {
  const value = params[name]
  if (value === undefined || typeof value === 'string') return value
  throw invalid(params, name, 'Must be a String')
}

/** Undefined when the parameter is not there. Throws Refused. */
export function optionalTexts(params: JsonObject, name: string): string[] | undefined {
  const value = params[name]
  if (value === undefined) return undefined
  if (Array.isArray(value) && value.every(text => typeof text === 'string')) return value
  throw invalid(params, name, 'Must be an array of String')
}

/** Undefined when the parameter is not there. Throws Refused, with HTML in the message as the vendor's example has it. */
export function optionalChoice<T extends string>(params: JsonObject, name: string, choice: T): T | undefined {
  const value = params[name]
  if (value === undefined) return undefined
  if (value === choice) return choice
  throw invalid(params, name, `Must be one of: <code>${choice}</code>.`)
}

function invalid(params: JsonObject, name: string, rule: string): Refused {
  return new Refused(422, `Invalid parameter '${name}' value ${JSON.stringify(params[name])}: ${rule}`)
}

function parse(body: Buffer): unknown {
  try {
    // JSON has no byte order mark: it is kept, so that it fails.
    return JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body))
  } catch {
    throw new Refused(400, 'The request body is not valid JSON')
  }
}
