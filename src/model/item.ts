import type { Json } from './json.ts'

/** What one target is sent and reports on: a product, or one image of a product. */
export interface Item {
  /** Identity at the target, such as the product code. */
  readonly key: string
  readonly code: string
  /** Image URLs in rank order; one URL for targets whose unit is the image. */
  readonly gallery: readonly string[]
  /** Further values the target's payload needs, already taken from the feed. */
  readonly values: Readonly<Record<string, Json>>
}

/** An item on its way to a target, with what the ledger knows of it there. */
export interface SentItem extends Item {
  /** The target's own id for it, or null. */
  readonly remoteId: string | null
  /** Ranks of its tail that are to be removed (--prune). */
  readonly trim: readonly number[]
  /** The target may hold something else than the ledger says: the last request about it had no trustworthy answer. */
  readonly doubtful: boolean
  /**
   * A request that makes it may still be on its way: it is to be looked for, and not to be made again. Only where a target is
   * `searched`.
   */
  readonly mayArrive?: boolean
}

/** What the ledger says a target holds under one key. */
export interface Held {
  readonly key: string
  readonly code: string
  /** Of the payload that was accepted last; null when it is not certain any more (a request without a trustworthy answer). */
  readonly fingerprint: string | null
  readonly gallery: readonly string[]
  /** URLs this tool wrote at ranks after the gallery's last, which the target keeps, with their rank. */
  readonly tail: readonly RankedUrl[]
  readonly remoteId: string | null
}

/** What tells whether an item is unchanged: the short part of `Held`. */
export type HeldPrint = Pick<Held, 'code' | 'fingerprint' | 'remoteId'>

export interface RankedUrl {
  readonly rank: number
  readonly url: string
}
