import type { Clock } from '../lib/clock.ts'
import type { Rate } from '../model/rate.ts'
import type { Emulator, Fails } from './emulator.ts'
import type { ApiAnswer, ApiRequest } from './exchange.ts'
import { FaultSequence, type Interruption } from './fault-sequence.ts'
import type { FaultRule } from './faults.ts'
import { RateWindow } from './rate-window.ts'

/** How a request ends for the client: an answer, late or not, no answer at all, or a reset connection. */
export type Ending =
  | { readonly how: 'answer'; readonly answer: ApiAnswer; readonly delayMs: number }
  | { readonly how: 'silence' }
  | { readonly how: 'reset' }

export interface ApiOptions {
  readonly faults: readonly FaultRule[]
  readonly rate: Rate | null
  readonly clock: Clock
}

const SLOW_MS = 2000

const LOGIN_PAGE: ApiAnswer = {
  status: 200,
  headers: { 'content-type': 'text/html; charset=utf-8' },
  body: '<!doctype html><title>Sign in</title><h1>Please sign in</h1><form method="post"><input name="user"></form>\n',
}

/** An emulator as its clients meet it: counted, behind its rate limit, and with the faults that were asked for. */
export class Api {
  readonly #emulator: Emulator
  readonly #window: RateWindow | null
  readonly #faults: FaultSequence
  #requests = 0

  constructor(emulator: Emulator, options: ApiOptions) {
    this.#emulator = emulator
    this.#window = options.rate && new RateWindow(options.rate, options.clock)
    this.#faults = new FaultSequence(options.faults)
  }

  get requests(): number {
    return this.#requests
  }

  galleries(): Record<string, readonly string[]> {
    // fromEntries makes own properties of all codes; assigning would lose "__proto__".
    return Object.fromEntries(this.#emulator.galleries())
  }

  /** @param request null when its body is larger than the sandbox takes; counted all the same */
  async serve(request: ApiRequest | null): Promise<Ending> {
    this.#requests++
    if (request === null) return answered(this.#emulator.refuse(413))
    if (this.#window && !this.#window.admits(this.#emulator.caller(request.headers))) {
      return answered(this.#emulator.refuse(429))
    }
    const { fault, fails } = this.#faults.next()
    return fault ? this.#fail(fault, request, fails) : answered(await this.#emulator.answer(request, fails))
  }

  reset(): void {
    this.#requests = 0
    this.#emulator.reset()
    this.#faults.reset()
    this.#window?.reset()
  }

  async #fail(rule: Interruption, request: ApiRequest, fails: Fails): Promise<Ending> {
    switch (rule.fault) {
      case 'timeout':
        return { how: 'silence' }
      case 'reset':
        await this.#emulator.answer(request, fails)
        return { how: 'reset' }
      case 'slow':
        return answered(await this.#emulator.answer(request, fails), SLOW_MS)
      case 'html':
        return answered(LOGIN_PAGE)
      case 'garbage':
        return answered(cut(await this.#emulator.answer(request, fails)))
      default:
        return answered(withRetryAfter(this.#emulator.refuse(STATUS[rule.fault]), rule.retryAfter))
    }
  }
}

const STATUS = { '401': 401, '413': 413, '429': 429, '500': 500, '502': 502 } as const

function answered(answer: ApiAnswer, delayMs = 0): Ending {
  return { how: 'answer', answer, delayMs }
}

function cut(answer: ApiAnswer): ApiAnswer {
  return { ...answer, status: 200, body: answer.body.slice(0, answer.body.length / 2) }
}

function withRetryAfter(answer: ApiAnswer, retryAfter: string | undefined): ApiAnswer {
  if (retryAfter === undefined) return answer
  return { ...answer, headers: { ...answer.headers, 'retry-after': retryAfter } }
}
