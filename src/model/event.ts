import type { Status } from './outcome.ts'
import type { Rate } from './rate.ts'
import type { Detected, FeedSummary } from './report.ts'

/** Everything that can happen during a run, for progress displays. Results are in the report, not here. */
export type RunEvent =
  /** A page of the feed was read. */
  | { readonly type: 'reading'; readonly records: number }
  | { readonly type: 'read'; readonly feed: FeedSummary; readonly detected: readonly Detected[] }
  /** A target is being planned: so many items are compared with the ledger and journalled so far. */
  | { readonly type: 'planning'; readonly target: string; readonly items: number }
  /** A target's plan is complete: so many items to send and to remove, in so many requests. */
  | {
      readonly type: 'planned'
      readonly target: string
      readonly send: number
      readonly remove: number
      readonly unchanged: number
      readonly rejected: number
      /** About how many requests sending takes when all goes well. */
      readonly requests: number
      /** The limit that is kept; null: none. */
      readonly rate: Rate | null
    }
  /** A batch ended, or the target has said more of it; the counts of its items by status. */
  | {
      readonly type: 'settled'
      readonly target: string
      readonly counts: Partial<Record<Status, number>>
      /** How many more items than before the target has taken and is still working on; less than 0: fewer. Default: 0. */
      readonly pending?: number
    }
  /** A request will be tried again. */
  | {
      readonly type: 'retry'
      readonly target: string
      readonly reason: string
      readonly http: number | null
      readonly message: string
      readonly attempt: number
      readonly waitMs: number
    }
  /** Nothing starts at this target before the wait is over: the known rate is used up, or the target takes no more for now. */
  | {
      readonly type: 'waiting'
      readonly target: string
      readonly why: 'rate' | 'throttled'
      /** Why the target takes no more, such as "429" or "timeout"; null for the known rate. */
      readonly because: string | null
      readonly waitMs: number
    }
  /** A request starts; `request` tells when it has ended. */
  | { readonly type: 'started'; readonly target: string }
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
