import { type ApiAnswer, jsonAnswer } from '../exchange.ts'

/**
 * The assets' document shows no body of an error. Other calls of the vendor were seen with both of these:
 * - `status`: `{"status":"ERROR","message":…,"code":"INVALID_API_KEY"}`
 * - `name`: `{"name":"ApiError","message":"INVALID_API_KEY","details":…}`
 */
export type ErrorShape = 'status' | 'name'

const ERRORS = {
  400: { code: 'INVALID_REQUEST', message: 'The request is invalid' },
  401: { code: 'INVALID_API_KEY', message: 'The API key is missing or invalid' },
  403: { code: 'PLAN_LIMIT_REACHED', message: 'Your plan does not allow more assets' },
  404: { code: 'NOT_FOUND', message: 'Not found' },
  413: { code: 'FILE_TOO_LARGE', message: 'The file is too large' },
  415: { code: 'UNSUPPORTED_MEDIA_TYPE', message: 'The content type is not supported' },
  422: { code: 'INVALID_PARAMETER', message: 'A parameter is invalid' },
  429: { code: 'RATE_LIMIT_EXCEEDED', message: 'Too many requests' },
  500: { code: 'INTERNAL_ERROR', message: 'Something went wrong' },
  502: { code: 'BAD_GATEWAY', message: 'The service is unavailable' },
} as const

export type RefusedStatus = keyof typeof ERRORS

/** Ends a call with a refusal; nothing of the request is stored. */
export class Refused extends Error {
  override readonly name = 'Refused'
  readonly status: RefusedStatus

  constructor(status: RefusedStatus, message: string = ERRORS[status].message) {
    super(message)
    this.status = status
  }
}

/** @param status other than the refusal's own where the vendor does not tell the two apart */
export function errorAnswer(
  refused: Refused,
  shape: ErrorShape = 'status',
  status: number = refused.status,
): ApiAnswer {
  const { code } = ERRORS[refused.status]
  const { message } = refused
  if (shape === 'name') return jsonAnswer(status, { name: 'ApiError', message: code, details: message })
  return jsonAnswer(status, { status: 'ERROR', message, code })
}
