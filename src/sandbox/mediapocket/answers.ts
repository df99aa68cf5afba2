import type { RefusalStatus } from '../emulator.ts'
import { type ApiAnswer, jsonAnswer } from '../exchange.ts'

/** Ends a call with the vendor's refusal; nothing of the request is stored. */
export class Refused extends Error {
  override readonly name = 'Refused'
  readonly answer: ApiAnswer

  constructor(status: 400 | 404 | 422, error: string) {
    super(error)
    this.answer = errorAnswer(status, error)
  }
}

const MESSAGES = {
  401: 'Unauthorized',
  404: 'Not found',
  413: 'Request Entity Too Large',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
} as const

/** The one shape of the vendor's errors: `error` is a text, sometimes with HTML in it. */
export function errorAnswer(status: number, error: string): ApiAnswer {
  return jsonAnswer(status, { error })
}

/** The refusals that do not depend on what was sent. */
export function refuse(status: RefusalStatus | 404): ApiAnswer {
  return errorAnswer(status, MESSAGES[status])
}
