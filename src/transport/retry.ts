import type { Clock } from '../lib/clock.ts'
import { Fault, type FaultKind } from '../model/fault.ts'
import type { HttpRequest, Send } from '../model/http.ts'
import { backoff } from './backoff.ts'
import type { Budget } from './budget.ts'
import { outOfPatience } from './patience.ts'

export interface RetryOptions {
  /** May a request that may have taken effect be sent again? Reading always may. */
  readonly replay: boolean
  /** Retries per request; waiting for a throttle is none. */
  readonly retries: number
  /** The longest that one request may be put off by throttles in all, in milliseconds. */
  readonly maxWait: number
  readonly clock: Clock
  readonly random: () => number
  readonly budget: Budget
  /** Milliseconds for which the target takes nothing. */
  readonly pause: () => number
  /** Ends all waiting; its reason is the fault for those that may not start any more. */
  readonly over: AbortSignal
  readonly retrying: (fault: Fault, attempt: number, waitMs: number) => void
}

interface Rule {
  /** Only where doing it twice does no harm: it may have taken effect. */
  readonly harmlessOnly: boolean
  /** Times, if --retries does not say less. */
  readonly most: number
}

/** What is sent again after which fault; what is not here never is. */
const RULES = new Map<FaultKind, Rule>([
  ['unreachable', { harmlessOnly: false, most: Number.POSITIVE_INFINITY }],
  ['ambiguous', { harmlessOnly: true, most: Number.POSITIVE_INFINITY }],
  ['unreadable', { harmlessOnly: true, most: 1 }],
  ['throttled', { harmlessOnly: false, most: Number.POSITIVE_INFINITY }],
])
/** Reasons that hardly ever pass by themselves. */
const MOST_BY_REASON = new Map([
  ['host-unknown', 2],
  ['tls-failed', 0],
  ['certificate-refused', 0],
])

/**
 * Sends again what may be sent again, for as long as it makes sense; then throws the last fault. Its cause is the fault of an
 * earlier attempt that may have taken effect, if there was one.
 */
export function retry(options: RetryOptions): (next: Send) => Send {
  const { budget, clock, over, retrying } = options
  return next => async request => {
    const tally: Tally = { attempts: 0, retries: 0, waited: 0, spent: null, last: null, doubt: null }
    for (;;) {
      try {
        const response = await next(request)
        budget.earn(tally.spent)
        return { ...response, attempts: tally.attempts + 1 }
      } catch (error) {
        if (!(error instanceof Fault)) throw error
        if (error.attempts === 0) throw giveUp(neverStarted(error, tally), tally)
        const wait = waitBeforeRetry(note(error, tally), request, tally, options)
        if (wait instanceof Fault) throw giveUp(wait, tally)
        if (over.aborted) throw giveUp(neverStarted(over.reason, tally), tally)
        retrying(error, tally.attempts, wait)
        await clock.sleep(wait, over)
      }
    }
  }
}

interface Tally {
  attempts: number
  retries: number
  /** Milliseconds of throttles. */
  waited: number
  /** What the last retry cost. */
  spent: number | null
  last: Fault | null
  /** The last attempt that may have taken effect. */
  doubt: Fault | null
}

/** For a request that waited for its turn in vain: why it waited tells nothing, unless it may have taken effect before. */
function neverStarted(end: Fault, { last, doubt }: Tally): Fault {
  return end.kind === 'stopped' && last !== null && last === doubt ? last : end
}

function note(fault: Fault, tally: Tally): Fault {
  tally.attempts++
  tally.last = fault
  if (fault.kind === 'ambiguous' || fault.kind === 'unreadable') tally.doubt = fault
  return fault
}

/** Milliseconds to wait before the next attempt, or the fault that there is none after. */
function waitBeforeRetry(fault: Fault, request: HttpRequest, tally: Tally, options: RetryOptions): number | Fault {
  const rule = RULES.get(fault.kind)
  if (rule === undefined) return fault
  if (rule.harmlessOnly && !options.replay && request.method !== 'GET') return fault
  if (fault.kind === 'throttled' || fault.retryAfter) return asAsked(fault, tally, options)
  const most = Math.min(options.retries, rule.most, MOST_BY_REASON.get(fault.reason) ?? options.retries)
  if (tally.retries++ >= most) return fault
  tally.spent = options.budget.spend(fault)
  return tally.spent === null ? tooMany(fault) : Math.max(options.pause(), backoff(tally.retries, options.random))
}

/** Whoever is told when to come back has lost no retry by it. */
function asAsked(fault: Fault, tally: Tally, { pause, maxWait, clock }: RetryOptions): number | Fault {
  const wait = pause()
  tally.waited += wait
  return tally.waited > maxWait ? outOfPatience(fault, maxWait, clock) : wait
}

function tooMany(fault: Fault): Fault {
  const message = `${fault.message} (not tried again: too many requests of this run have failed)`
  return new Fault(fault.kind, message, { ...fault, cause: fault.cause })
}

/** The fault with what was tried. */
function giveUp(fault: Fault, { attempts, doubt, last }: Tally): Fault {
  const cause = doubt === null || (doubt === last && fault.kind === doubt.kind) ? fault.cause : doubt
  return new Fault(fault.kind, fault.message, { ...fault, attempts, cause })
}
