import type { Rate } from './rate.ts'

/** What requests of a push are for. */
export const PURPOSES = ['login', 'look-up', 'create', 'update', 'link', 'follow', 'delete'] as const
export type Purpose = (typeof PURPOSES)[number]

/** How many requests a plan takes when no request fails and the target holds what the ledger says. */
export interface Forecast {
  /** The fewest. */
  readonly requests: number
  /** The most; the same as `requests` where the number is known exactly. */
  readonly most: number
  /** What the fewest are for, in the order in which they begin; purposes without requests are missing. */
  readonly purposes: Readonly<Partial<Record<Purpose, number>>>
  /** Seconds that the rate limit alone makes the fewest take. */
  readonly seconds: number
  /** Null: no limit. */
  readonly rate: Rate | null
  /** What the plan uses of the limit that the vendor documents; null: none is documented, or no limit is kept. */
  readonly quota: Quota | null
  /** What may add to the number besides, one sentence each. */
  readonly remarks: readonly string[]
}

/** A share of what a vendor allows. */
export interface Quota {
  readonly limit: Rate
  /** 1 is all of it, and more than 1 is too much. */
  readonly share: number
}
