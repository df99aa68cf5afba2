import type { RefusalStatus } from '../emulator.ts'
import { type ApiAnswer, jsonAnswer } from '../exchange.ts'

// The gateway in front of the services answers with `fault`; the services themselves with code, status and message.

/** Ends a call with the vendor's refusal; nothing of the request is stored. */
export class Refused extends Error {
  override readonly name = 'Refused'
  readonly answer: ApiAnswer

  constructor(answer: ApiAnswer) {
    super(`refused with ${answer.status}`)
    this.answer = answer
  }
}

const FAULTS = {
  invalid: { status: 401, faultstring: 'Invalid access token', errorcode: 'oauth.v2.InvalidAccessToken' },
  expired: {
    status: 401,
    faultstring: 'Access Token expired',
    errorcode: 'keymanagement.service.access_token_expired',
  },
  client: { status: 401, faultstring: 'Invalid client identifier', errorcode: 'oauth.v2.InvalidClientIdentifier' },
  request: { status: 400, faultstring: 'Invalid token request', errorcode: 'oauth.v2.InvalidRequest' },
  address: { status: 414, faultstring: 'The request URL is larger than 10 KB', errorcode: 'protocol.http.TooBigLine' },
} as const

/** A refusal by the gateway. */
export function fault(name: keyof typeof FAULTS): ApiAnswer {
  const { status, faultstring, errorcode } = FAULTS[name]
  return jsonAnswer(status, { fault: { faultstring, detail: { errorcode } } })
}

const SERVICE_ERRORS = {
  400: { status: 'Bad request', message: 'The request is not valid.' },
  // The vendor's own example of a 403 says "Bad request" too.
  403: { status: 'Bad request', message: 'The access to the requested resource has been forbidden by the server.' },
  404: { status: 'element_resource_non_existing', message: 'The asset with the requested code does not exist.' },
  405: { status: 'Method Not Allowed', message: 'The resource does not support this method.' },
  409: { status: 'Conflict', message: 'Conflict' },
  413: {
    status: 'Request Entity Too Large',
    message: 'The part named [file] exceeds the maximum allowed content length.',
  },
  415: { status: 'Unsupported Media Type', message: 'Send application/json or multipart/form-data.' },
  429: { status: 'Too Many Requests', message: 'Too many requests.' },
  500: {
    status: 'internal_service_error',
    message: 'A server-side exception occurred that prevented the system from correctly returning the result.',
  },
  502: { status: 'Bad Gateway', message: 'The service is not available.' },
} as const

interface Facts {
  readonly message?: string
  readonly details?: readonly string[]
  readonly resourceId?: string
  readonly headers?: Readonly<Record<string, string>>
}

/** A refusal by a service. */
export function serviceError(code: keyof typeof SERVICE_ERRORS, { headers, ...facts }: Facts = {}): ApiAnswer {
  return jsonAnswer(code, { code, ...SERVICE_ERRORS[code], ...facts }, headers)
}

/** The answer to a request that breaks a rule; the detail starts with the field. */
export function badRequest(detail: string): Refused {
  return new Refused(serviceError(400, { details: [detail] }))
}

export function noContent(): ApiAnswer {
  return { status: 204, headers: {}, body: '' }
}

/** The refusals that the sandbox asks for from outside a call. */
export function refuse(status: RefusalStatus): ApiAnswer {
  return status === 401 ? fault('invalid') : serviceError(status)
}
