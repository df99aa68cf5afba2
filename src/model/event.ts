import type { Status } from './outcome.ts'
import type { Detected, FeedSummary } from './report.ts'

/** Everything that can happen during a run, for progress displays. Results are in the report, not here. */
export type RunEvent =
  /** A page of the feed was read. */
  | { readonly type: 'reading'; readonly records: number }
  | { readonly type: 'read'; readonly feed: FeedSummary; readonly detected: readonly Detected[] }
  /** A target's plan is complete: so many items to send in so many requests. */
  | {
      readonly type: 'planned'
      readonly target: string
      readonly send: number
      readonly unchanged: number
      readonly rejected: number
      readonly requests: number
    }
  /** A batch ended; the counts of its items by status. */
  | { readonly type: 'settled'; readonly target: string; readonly counts: Partial<Record<Status, number>> }
  /** A request will be tried again. */
  | {
      readonly type: 'retry'
      readonly target: string
      readonly reason: string
      readonly message: string
      readonly attempt: number
      readonly waitMs: number
    }
  /** Nothing starts at this target before the wait is over. */
  | { readonly type: 'waiting'; readonly target: string; readonly why: 'rate' | 'throttled'; readonly waitMs: number }
  /** One request and its answer, for -v; never holds a secret. */
  | {
      readonly type: 'request'
      readonly target: string
      readonly method: string
      readonly path: string
      readonly http: number | null
      readonly durationMs: number
      readonly bytes: number
    }
  /** A target stopped early. */
  | { readonly type: 'halted'; readonly target: string; readonly message: string }
  | { readonly type: 'warning'; readonly message: string }

export type Listen = (event: RunEvent) => void
