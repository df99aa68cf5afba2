import type { Clock } from '../lib/clock.ts'
import { duration } from '../lib/text.ts'
import { Fault } from '../model/fault.ts'
import { throttledBackoff } from './backoff.ts'

const MINUTE_MS = 60_000

/** How long a target that refuses to work is waited for. */
export interface Patience {
  /** The target took a request. */
  accepted(): void
  /** The clock's time until which nothing may start. */
  refused(fault: Fault, startedAt: number): number
  /** True when the target would have taken nothing for longer than --max-wait by then. */
  isOver(until: number): boolean
}

export interface PatienceOptions {
  /** Milliseconds. */
  readonly maxWait: number
  readonly clock: Clock
  readonly random: () => number
}

export function createPatience({ maxWait, clock, random }: PatienceOptions): Patience {
  let since: number | null = null
  let times = 0
  let until = Number.NEGATIVE_INFINITY

  return {
    accepted() {
      since = null
      times = 0
    },
    refused({ retryAfter }, startedAt) {
      const now = clock.now()
      since ??= now
      // A target that asks for no wait at all would be asked again at once, for ever: it is waited for all the same.
      if (retryAfter) until = Math.max(until, now + retryAfter)
      // Those that were under way together were refused for one reason.
      else if (startedAt >= until) until = now + throttledBackoff(++times, random)
      return until
    },
    isOver: until => since !== null && until - since > maxWait,
  }
}

/** What everybody is told who waited in vain, with the time from which it is worth trying again. */
export function outOfPatience(fault: Fault, maxWait: number, clock: Clock): Fault {
  const { retryAfter } = fault
  const asked = retryAfter
    ? `; it asks to come back in ${duration(retryAfter)}, at ${minuteOf(clock.wall() + retryAfter)}`
    : ''
  const message = `${fault.message} (throttled for longer than --max-wait ${duration(maxWait)}${asked})`
  return new Fault('throttled', message, { ...fault, reason: 'throttled', attempts: 0 })
}

/** "2026-01-01 12:05 UTC", the next full minute. */
function minuteOf(wall: number): string {
  const [day = '', time = ''] = new Date(Math.ceil(wall / MINUTE_MS) * MINUTE_MS).toISOString().split('T')
  return `${day} ${time.slice(0, 5)} UTC`
}
