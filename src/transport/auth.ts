import type { Clock } from '../lib/clock.ts'
import { Fault } from '../model/fault.ts'
import type { HttpResponse, Send } from '../model/http.ts'

/** Headers that authenticate requests, and for how many seconds; null: for ever. */
export interface Token {
  readonly headers: Readonly<Record<string, string>>
  readonly expiresIn: number | null
}

/** A token is renewed when this share of its life is over, because clocks and answers are slow. */
const FRESH = 0.9
const UNAUTHORIZED = 401

/**
 * Adds the credentials. One login serves all requests, however many wait for it; it is renewed ahead of its end, and once
 * more when the target refuses it, because a token may die early. A 401 means that the request did not take effect.
 */
export function authenticate<T extends Token>(
  login: (last: T | null) => Promise<T>,
  clock: Clock,
): (next: Send) => Send {
  let current: { readonly token: Promise<T>; readonly at: number } | null = null
  let last: T | null = null

  async function renew(): Promise<T> {
    const token = login(last)
    current = { token, at: clock.now() }
    try {
      last = await token
      return last
    } catch (error) {
      current = null
      throw error
    }
  }

  async function token(): Promise<T> {
    if (current === null) return renew()
    const { at, token: known } = current
    const { expiresIn } = await known
    const stale = expiresIn !== null && clock.now() - at >= expiresIn * 1000 * FRESH
    if (!stale) return known
    return current?.token === known ? renew() : token()
  }

  /** Renewed, unless somebody else has done so since the refused one was used. */
  async function afterRefusal(refused: T): Promise<T> {
    const known = current
    const isRefused = known !== null && (await known.token) === refused
    return isRefused && current === known ? renew() : token()
  }

  return next => async request => {
    const used = await token()
    const attempt = (each: T) => next({ ...request, headers: { ...request.headers, ...each.headers } })
    try {
      return await attempt(used)
    } catch (error) {
      if (!(error instanceof Fault) || error.http !== UNAUTHORIZED || used.expiresIn === null) throw error
      return afterAttempts(error, afterRefusal(used).then(attempt))
    }
  }
}

/** What was tried before counts too; and if an attempt may have taken effect, that is still so. */
async function afterAttempts(before: Fault, answer: Promise<HttpResponse>): Promise<HttpResponse> {
  try {
    const response = await answer
    return { ...response, attempts: before.attempts + response.attempts }
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    const cause = error.cause instanceof Fault ? error.cause : (before.cause ?? error.cause)
    throw new Fault(error.kind, error.message, { ...error, attempts: before.attempts + error.attempts, cause })
  }
}
