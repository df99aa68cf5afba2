import type { Clock } from '../lib/clock.ts'
import type { Rate } from '../model/rate.ts'

/** Starts are counted here but arrive later, some sooner after it than others; the window is widened by this much. */
const MARGIN = 0.01
const LONGEST_MARGIN_MS = 250

/** A limit that is known: at most `rate.count` starts in any sliding window, without spacing inside it. */
export interface Window {
  /** When the next request may start, by the clock. */
  free(): number
  started(): void
}

/** @param rate null: there is no limit */
export function createWindow(rate: Rate | null, clock: Clock): Window {
  /** The last `rate.count` starts. */
  const starts: number[] = []
  return {
    free() {
      const [oldest] = starts
      if (rate === null || oldest === undefined || starts.length < rate.count) return Number.NEGATIVE_INFINITY
      return oldest + widthOf(rate)
    },
    started() {
      if (rate === null) return
      starts.push(clock.now())
      if (starts.length > rate.count) starts.shift()
    },
  }
}

function widthOf({ perMs }: Rate): number {
  return perMs + Math.min(perMs * MARGIN, LONGEST_MARGIN_MS)
}
