import type { Fault } from './fault.ts'

export const STATUSES = [
  'created',
  'updated',
  'accepted',
  'unchanged',
  'deleted',
  'failed',
  'rejected',
  'skipped',
  'unknown',
] as const
export type Status = (typeof STATUSES)[number]

/** Which outcomes are to be read: all of them, or only those that have a reason, as everything has that did not go well. */
export type Which = 'all' | 'notable'

/** Reason of an item whose tail was removed at the target: the ranks after the end of a gallery that got shorter. */
export const TAIL_REMOVED = 'tail-removed'

/** What a target's answer says of one item. */
export interface Verdict {
  readonly status: 'created' | 'updated' | 'accepted' | 'deleted' | 'failed' | 'unknown'
  readonly reason: string | null
  readonly message: string | null
  readonly remoteId: string | null
  readonly http: number | null
  readonly requestId: string | null
  /** Requests spent on this item alone; default: all requests of its load. */
  readonly attempts?: number
}

/**
 * The answer counts failures but does not say whose. `ifPassed` is this item's verdict if it is not one of them;
 * the engine finds out by sending halves.
 */
export interface Suspect {
  readonly status: 'suspect'
  readonly ifPassed: Verdict
}

/** The request for this item of the load ended in a fault; its neighbours have verdicts of their own. */
export interface Faulty {
  readonly status: 'fault'
  readonly fault: Fault
}

/** The target took the item but is not done with it: `settle` is asked about it when all batches have been sent. */
export interface Pending {
  readonly status: 'pending'
  /** The verdict if it is never settled: `accepted`, with the reason why. */
  readonly meanwhile: Verdict
  /** `settle` has to do something that the item is not as it should be without: one that is never settled has failed. Default: false. */
  readonly isUnfinished?: boolean
}

/** What became of one item that was to be sent. */
export interface Result {
  /** unchanged: a removal that waits without anything being wrong. */
  readonly status: 'created' | 'updated' | 'accepted' | 'deleted' | 'failed' | 'skipped' | 'unchanged' | 'unknown'
  readonly attempts: number
  readonly http: number | null
  readonly requestId: string | null
  readonly remoteId: string | null
  readonly reason: string | null
  readonly message: string | null
}

/** What became of one item at one target; the line of every report, keys in this order. */
export interface Outcome {
  readonly target: string
  readonly code: string | null
  readonly key: string | null
  readonly status: Status
  readonly images: number
  /** Requests in which this item was sent, retries included. */
  readonly attempts: number
  readonly batch: number | null
  readonly http: number | null
  readonly requestId: string | null
  readonly remoteId: string | null
  readonly reason: string | null
  readonly message: string | null
  readonly source: string
}

export type Totals = Record<Status, number>

export function noTotals(): Totals {
  return Object.fromEntries(STATUSES.map(status => [status, 0])) as Totals
}

/** What must never be counted twice or left out: the number of items is the sum of their outcomes. */
export function countItems(totals: Totals): number {
  return STATUSES.reduce((sum, status) => sum + totals[status], 0)
}
