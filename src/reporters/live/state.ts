import { countItems, type Totals } from '../../model/outcome.ts'
import type { Rate } from '../../model/rate.ts'
import type { Speed } from './speed.ts'

/** Where a run stands, as far as its events have told. All times are on the monotonic clock, in milliseconds. */
export interface RunState {
  /** When the display began. */
  readonly since: number
  /** What is done with targets: "Sending to". */
  readonly activity: string
  isStopping: boolean
  phase: 'starting' | 'reading' | 'planning' | 'asking' | 'sending'
  records: number
  /** What is being planned, and how many items of it so far; null: nothing is known of that. */
  planning: { readonly target: string; readonly items: number } | null
  /** Null while no feed has been read. */
  products: number | null
  readonly targets: Map<string, TargetState>
  /** Requests to targets that nothing is sent to, by their names. */
  readonly asked: Map<string, number>
}

export interface TargetState {
  readonly name: string
  /** Items to send and to remove. */
  readonly total: number
  readonly unchanged: number
  /** About how many requests all of them take. */
  readonly requests: number
  readonly rate: Rate | null
  /** What became of those that are done. */
  readonly settled: Totals
  /** Items that the target has taken and is still working on. */
  pending: number
  /** Requests under way. */
  inFlight: number
  /** The last starts, as many as the rate allows in one window. */
  readonly starts: number[]
  /** Requests that have ended, whatever came of them. */
  ended: number
  /** Those that change something and were answered for good: throttled and broken ones are made again. */
  answered: number
  /** The same of those that only look something up. */
  lookedUp: number
  /** Items that are done, or as good as done by the requests for them. */
  worked: number
  /** When that number grew last. */
  workedAt: number
  /** Since when a request is under way and nothing has been heard. */
  silentSince: number
  firstStart: number | null
  finishedAt: number | null
  isHalted: boolean
  wait: Wait | null
  /** Until when the known rate was last waited for. */
  limitedAt: number | null
  readonly speed: Speed
  readonly timeLeft: TimeLeft
}

/** How long a target still takes, in milliseconds; null while nothing can be said. */
export interface TimeLeft {
  at(target: TargetState, now: number): number | null
}

export interface Wait {
  readonly why: 'rate' | 'throttled' | 'retry'
  /** Such as "429" or "timeout"; null for a known rate. */
  readonly because: string | null
  readonly until: number
}

/** Items that need no further sending; what is skipped does. */
export function doneOf({ settled, pending }: TargetState): number {
  return countItems(settled) - settled.skipped + pending
}

/** Requests of the plan that are answered. How many look-ups a list takes is not known beforehand: what is over counts for nothing. */
export function answeredOf({ answered, lookedUp, requests, total }: TargetState): number {
  return Math.min(requests, answered + Math.min(lookedUp, Math.max(0, requests - total)))
}

/**
 * Items that are done by what has been answered: where each takes a request or more, a batch is many requests, of which nothing is
 * settled before the last one.
 */
export function workedOf(target: TargetState): number {
  const { total, requests } = target
  const byRequests = total > 0 && requests >= total ? Math.floor((answeredOf(target) * total) / requests) : 0
  return Math.max(doneOf(target), byRequests)
}

/** True when nothing more will happen at this target. */
export function isFinished({ settled, total }: TargetState): boolean {
  return countItems(settled) >= total
}

/** What nothing starts before, if there is such a time and it is not over. */
export function waitOf({ wait, inFlight }: TargetState, now: number): Wait | null {
  if (wait === null || wait.until <= now) return null
  // One request is put off; others go on.
  return wait.why === 'retry' && inFlight > 0 ? null : wait
}

/** True where the known rate decides how long the rest takes. */
export function isLimited({ rate, limitedAt }: TargetState, now: number): boolean {
  return rate !== null && limitedAt !== null && now - limitedAt < rate.perMs
}
