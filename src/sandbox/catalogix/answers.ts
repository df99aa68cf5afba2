import { uuid } from '../../lib/hash.ts'
import type { Json } from '../../model/json.ts'
import type { RefusalStatus } from '../emulator.ts'
import { type ApiAnswer, type ApiRequest, jsonAnswer } from '../exchange.ts'

// The vendor has three shapes for errors: `status` as an object, `status` as a string with `detail`, and `status` with
// `data.error_info`. Which call uses which is taken from the document of that call.

/** Ends a call with the vendor's refusal; nothing of the request is stored. */
export class Refused extends Error {
  override readonly name = 'Refused'
  readonly answer: ApiAnswer

  constructor(answer: ApiAnswer) {
    super(`refused with ${answer.status}`)
    this.answer = answer
  }
}

const MESSAGES = {
  401: 'Unauthorized – invalid or missing Bearer token',
  404: 'Resource Not Found',
  405: 'Method Not Found',
  413: 'Payload too large: at most 100 data items are accepted at a time',
  429: 'Too many requests. Please slow down and retry after a moment.',
  500: 'Internal server error. Please contact support@catalogix.ai',
} as const

export function statusError(status: keyof typeof MESSAGES, headers: Readonly<Record<string, string>> = {}): ApiAnswer {
  return jsonAnswer(status, { status: { code: -1, message: MESSAGES[status] } }, headers)
}

export function detailError(status: 400 | 422 | 502, detail: string): ApiAnswer {
  return jsonAnswer(status, { status: 'error', detail })
}

/** @param status 200 for an answer that HTTP calls a success and `status.code` does not */
export function errorInfo(request: ApiRequest, status: 200 | 400, code: number, details: string): ApiAnswer {
  const body = {
    status: outcome(request, code, 'ERROR'),
    data: { error_info: [{ reason: 'invalid_request', details }] },
  }
  return jsonAnswer(status, body)
}

export function success(request: ApiRequest, data: Json): ApiAnswer {
  return jsonAnswer(200, { status: outcome(request, 0, 'SUCCESS'), data })
}

/** The refusals that the sandbox asks for from outside a call. */
export function refuse(status: RefusalStatus): ApiAnswer {
  return status === 502 ? detailError(502, 'Downstream service unavailable') : statusError(status)
}

function outcome(request: ApiRequest, code: number, message: string): Json {
  const sent = request.headers['x-request-id']
  return { code, message, request_id: typeof sent === 'string' && sent !== '' ? sent : uuid() }
}
