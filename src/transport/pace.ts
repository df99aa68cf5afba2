import type { Clock } from '../lib/clock.ts'
import { Fault } from '../model/fault.ts'
import type { Send } from '../model/http.ts'
import type { Rate } from '../model/rate.ts'

/** Starts are counted here but arrive later, some sooner after it than others; the window is widened by this much. */
const MARGIN = 0.01
const LONGEST_MARGIN_MS = 250

/** The one gate of a target: every request, retries included, takes its turn here. */
export interface Pace {
  readonly gate: (next: Send) => Send
  /** Nothing starts for this long. */
  hold(ms: number): void
}

export interface PaceOptions {
  readonly rate: Rate | null
  readonly clock: Clock
  /** Ends all waiting; requests that have not started then never do. */
  readonly stop: AbortSignal
  readonly waiting: (why: 'rate' | 'throttled', waitMs: number) => void
}

/** At most `rate.count` starts in any sliding window, without spacing inside it; and none while held. */
export function createPace({ rate, clock, stop, waiting }: PaceOptions): Pace {
  /** The last `rate.count` starts. */
  const starts: number[] = []
  let heldUntil = Number.NEGATIVE_INFINITY

  /** When the rate allows the next start. */
  function free(): number {
    const [oldest] = starts
    if (rate === null || oldest === undefined || starts.length < rate.count) return Number.NEGATIVE_INFINITY
    return oldest + windowOf(rate)
  }

  function start(): void {
    if (rate === null) return
    starts.push(clock.now())
    if (starts.length > rate.count) starts.shift()
  }

  /** Looks again after every wait: a hold may have come, and of those who wait for one place only one may take it. */
  async function turn(): Promise<void> {
    for (;;) {
      if (stop.aborted) throw new Fault('stopped', 'The run was stopped before this was sent.')
      const rateUntil = free()
      const wait = Math.max(rateUntil, heldUntil) - clock.now()
      if (wait <= 0) return start()
      waiting(heldUntil > rateUntil ? 'throttled' : 'rate', wait)
      await clock.sleep(wait, stop)
    }
  }

  return {
    gate: next => async request => {
      await turn()
      return next(request)
    },
    hold: ms => {
      heldUntil = Math.max(heldUntil, clock.now() + ms)
    },
  }
}

function windowOf({ perMs }: Rate): number {
  return perMs + Math.min(perMs * MARGIN, LONGEST_MARGIN_MS)
}
