import type { IncomingHttpHeaders } from 'node:http'
import type { Json } from '../model/json.ts'

/** One complete request to an emulated API. */
export interface ApiRequest {
  readonly method: string
  /** Below the emulator's prefix, still encoded, without the query. */
  readonly path: string
  readonly query: URLSearchParams
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

export interface ApiAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Uint8Array
}

export function jsonAnswer(status: number, value: Json, headers: Readonly<Record<string, string>> = {}): ApiAnswer {
  return { status, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(value) }
}
