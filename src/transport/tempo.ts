import type { Clock } from '../lib/clock.ts'
import { refillRate } from './refill.ts'
import { createTrial, type Finding } from './trial.ts'

/** Share of the pace that was too fast which is taken next. */
const CAUTION = 0.9
/** The same when it took less than one pause to find out: the limit must have become much lower. */
const ALARM = 0.75
/** Share of a limit that was worked out rather than met: meeting it costs a whole pause. */
const JUST_BELOW = 0.95
/** While the limit is looked for, the pace grows e-fold in half a pause. */
const SEARCH = 2
/** Once it is known, the pace grows by 1 % in four pauses, and by twice as much in the next four. */
const STEP = 0.01
const STEP_PAUSES = 4
/** Timers ring late; what that loses is made up for, up to here. */
const MOST_LATE_MS = 20

/**
 * The pace of a target that does not tell its limit: learned from its refusals, never faster than what it took.
 * docs/decisions/007-adaptive-pace.md says why it is done like this.
 */
export interface Tempo {
  /** When the next request may start, by the clock. */
  free(): number
  started(): void
  accepted(startedAt: number): void
  /** @param until the clock's time before which nothing starts */
  refused(startedAt: number, until: number): void
}

export function createTempo(clock: Clock): Tempo {
  let trial = createTrial()
  let pausedUntil = Number.NEGATIVE_INFINITY
  let next = Number.NEGATIVE_INFINITY
  let pace: Pace = UNLIMITED
  let first: Finding | null = null

  /** The first request after a pause: what was learned before it becomes the pace. */
  function resume(): void {
    const finding = trial.finding(pausedUntil)
    if (finding === null) return
    pace = { speed: nextSpeed(finding), pause: finding.pause, search: first === null, age: 0 }
    first ??= finding
    next = clock.now()
    trial = createTrial()
  }

  function nextSpeed(finding: Finding): number {
    const { low, high, span, pause } = finding
    if (first === null) return Math.sqrt(low * high)
    const refill = refillRate(first, finding)
    if (refill !== null) return Math.max(low, Math.min(refill, high) * JUST_BELOW)
    return Math.max(low, high * (!pace.search && span < pause ? ALARM : CAUTION))
  }

  return {
    free() {
      if (clock.now() < pausedUntil) return pausedUntil
      resume()
      return next
    },
    started() {
      const now = clock.now()
      trial.started(now)
      const interval = 1 / speedOf(pace)
      // A time in which there was nothing to send proves nothing.
      pace = { ...pace, age: pace.age + Math.min(2 * interval, now - next + interval) }
      next = Math.max(next, now - MOST_LATE_MS) + interval
    },
    accepted: startedAt => trial.accepted(startedAt),
    refused(startedAt, until) {
      trial.refused(startedAt, clock.now(), speedOf(pace))
      pausedUntil = Math.max(pausedUntil, until)
    },
  }
}

interface Pace {
  /** Starts per millisecond when the pause was over. */
  readonly speed: number
  /** Length of that pause: the unit of time in which a target's limit shows. */
  readonly pause: number
  readonly search: boolean
  /** Milliseconds for which it has been kept. */
  readonly age: number
}

const UNLIMITED: Pace = { speed: Number.POSITIVE_INFINITY, pause: 1, search: false, age: 0 }

function speedOf({ speed, pause, search, age }: Pace): number {
  const pauses = age / pause
  return speed * (search ? Math.exp(SEARCH * pauses) : 1 + STEP * (2 ** (pauses / STEP_PAUSES) - 1))
}
