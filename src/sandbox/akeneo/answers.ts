import type { Json } from '../../model/json.ts'
import type { RefusalStatus } from '../emulator.ts'
import { type ApiAnswer, type ApiRequest, jsonAnswer } from '../exchange.ts'
import type { Settings } from './behaviour.ts'

/** One entry of `errors`; products add the attribute, its locale and its scope. */
export type Violation = Readonly<Record<string, string | null>>

/** What is wrong with an item, as both single answers and the items of a list say it. */
export interface Refusal {
  readonly message: string
  readonly errors?: readonly Violation[]
  readonly _links?: { readonly documentation: { readonly href: string } }
}

/** Ends a call, or one item of it, with the vendor's refusal. */
export class Refused extends Error {
  override readonly name = 'Refused'
  readonly status: number
  readonly refusal: Refusal
  readonly headers: Readonly<Record<string, string>>

  constructor(status: number, refusal: Refusal | string, headers: Readonly<Record<string, string>> = {}) {
    super(`refused with ${status}`)
    this.status = status
    this.refusal = typeof refusal === 'string' ? { message: refusal } : refusal
    this.headers = headers
  }

  get answer(): ApiAnswer {
    return jsonAnswer(this.status, { code: this.status, ...plain(this.refusal) }, this.headers)
  }
}

/** The refusal without undefined properties, which JSON does not have. */
export function plain({ message, errors, _links }: Refusal): Record<string, Json> {
  return { message, ...(errors && { errors }), ...(_links && { _links }) }
}

const TOO_MANY_CALLS = 'You have exceeded the limit of API requests.'

export function tooManyResources(): Refused {
  return new Refused(413, 'Too many resources to process, 100 is the maximum allowed.')
}

export function tooManyCalls({ retryAfter }: Settings): Refused {
  return new Refused(429, TOO_MANY_CALLS, retryAfter === null ? {} : { 'retry-after': String(retryAfter) })
}

/** The refusals that the sandbox asks for from outside a call. */
export function refuse(status: RefusalStatus, settings: Settings): ApiAnswer {
  switch (status) {
    case 401:
      return new Refused(401, 'The access token provided is invalid.').answer
    case 413:
      if (settings.oversize === 403) return new Refused(403, 'Forbidden').answer
      return tooManyResources().answer
    case 429:
      return tooManyCalls(settings).answer
    case 500:
      return new Refused(500, 'Internal Server Error').answer
    case 502:
      return new Refused(502, 'Bad Gateway').answer
  }
}

/** The address of something in this API. All emulators share a host; the prefix is this one's name. */
export function link({ headers }: ApiRequest, path: string): string {
  return `http://${headers.host ?? ''}/akeneo${path}`
}

export function emptyAnswer(status: 201 | 204, headers: Readonly<Record<string, string>> = {}): ApiAnswer {
  return { status, headers, body: '' }
}
