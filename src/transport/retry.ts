import type { Clock } from '../lib/clock.ts'
import { duration } from '../lib/text.ts'
import { Fault } from '../model/fault.ts'
import type { HttpRequest, Send } from '../model/http.ts'
import { backoff, throttledBackoff } from './backoff.ts'

/** How often an answer that cannot be read is asked for again. */
const UNREADABLE_RETRIES = 1

export interface RetryOptions {
  /** May a request that may have taken effect be sent again? Reading always may. */
  readonly replay: boolean
  /** Retries per request; waiting for a throttle is none. */
  readonly retries: number
  /** The longest that one request may wait between its attempts in all, in milliseconds. */
  readonly maxWait: number
  readonly clock: Clock
  readonly random: () => number
  readonly stop: AbortSignal
  /** Holds the whole target: a wait that it asks for is meant for all its requests. */
  readonly hold: (ms: number) => void
  readonly retrying: (fault: Fault, attempt: number, waitMs: number) => void
}

/**
 * Sends again what may be sent again, for as long as it makes sense; then throws the last fault. Its cause is the fault of an
 * earlier attempt that may have taken effect, if there was one.
 */
export function retry(options: RetryOptions): (next: Send) => Send {
  return next => async request => {
    const tally: Tally = { attempts: 0, retries: 0, unreadable: 0, throttles: 0, waited: 0, last: null, doubt: null }
    for (;;) {
      try {
        const response = await next(request)
        return { ...response, attempts: tally.attempts + 1 }
      } catch (error) {
        if (!(error instanceof Fault)) throw error
        if (neverStarted(error)) throw giveUp(tally.last ?? error, tally, options)
        const wait = waitBeforeRetry(note(error, tally), request, tally, options)
        if (wait === null) throw giveUp(error, tally, options)
        options.retrying(error, tally.attempts, wait)
        if (error.kind === 'throttled' || error.retryAfter !== null) options.hold(wait)
        await options.clock.sleep(wait, options.stop)
      }
    }
  }
}

interface Tally {
  attempts: number
  retries: number
  unreadable: number
  throttles: number
  waited: number
  last: Fault | null
  /** The last attempt that may have taken effect. */
  doubt: Fault | null
}

/** A request that was stopped while it waited for its turn is no attempt. */
function neverStarted({ kind, reason }: Fault): boolean {
  return kind === 'stopped' && reason !== 'aborted'
}

function note(fault: Fault, tally: Tally): Fault {
  tally.attempts++
  tally.last = fault
  if (fault.kind === 'ambiguous' || fault.kind === 'unreadable') tally.doubt = fault
  return fault
}

/** Milliseconds to wait before the next attempt, or null when there shall be none. */
function waitBeforeRetry(fault: Fault, request: HttpRequest, tally: Tally, options: RetryOptions): number | null {
  if (options.stop.aborted) return null
  const mayReplay = options.replay || request.method === 'GET'
  switch (fault.kind) {
    case 'throttled':
      return waitForThrottle(fault, tally, options)
    case 'unreachable':
      return again(fault, tally, options)
    case 'ambiguous':
      return mayReplay ? again(fault, tally, options) : null
    case 'unreadable':
      return mayReplay && tally.unreadable++ < UNREADABLE_RETRIES ? again(fault, tally, options) : null
    default:
      return null
  }
}

function again(fault: Fault, tally: Tally, options: RetryOptions): number | null {
  if (++tally.retries > options.retries) return null
  const wait = Math.max(fault.retryAfter ?? 0, backoff(tally.retries, options.random))
  return spend(wait, tally, options)
}

/** A target that asks for no wait at all would be asked again at once, for ever: it is waited for all the same. */
function waitForThrottle(fault: Fault, tally: Tally, options: RetryOptions): number | null {
  const wait = fault.retryAfter || throttledBackoff(++tally.throttles, options.random)
  return spend(wait, tally, options)
}

/** Rather gives up than knocks before the time the target named. */
function spend(wait: number, tally: Tally, { maxWait }: RetryOptions): number | null {
  tally.waited += wait
  return tally.waited > maxWait ? null : wait
}

/** The fault with what was tried; a throttle that outlasted the patience says so. */
function giveUp(fault: Fault, { attempts, waited, doubt }: Tally, { maxWait }: RetryOptions): Fault {
  const facts = { ...fault, attempts, cause: doubt === null || doubt === fault ? fault.cause : doubt }
  if (fault.kind !== 'throttled' || waited <= maxWait) return new Fault(fault.kind, fault.message, facts)
  const asked = fault.retryAfter === null ? '' : `; it asks to wait ${duration(fault.retryAfter)}`
  const words = `${fault.message} (throttled for longer than --max-wait ${duration(maxWait)}${asked})`
  return new Fault('throttled', words, facts)
}
