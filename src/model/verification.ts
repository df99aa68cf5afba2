import type { FeedSummary, RunHeader } from './report.ts'

/**
 * How an image of the feed is found at a target, or, `extra`, what is there besides. `moved`: at another rank; `unreadable`:
 * nothing can be said, which is never a success.
 */
export const CONDITIONS = ['same', 'missing', 'differs', 'moved', 'extra', 'unreadable'] as const
export type Condition = (typeof CONDITIONS)[number]

/**
 * What brings an image back: `push`, because the ledger knows that it is to be sent; `push-full`, because the ledger takes it for
 * unchanged; `fresh-ledger`: a push with an empty ledger, where the target cannot replace in place.
 */
export type Repair = 'push' | 'push-full' | 'fresh-ledger'

/** One image at one target, compared with the feed; the line of every report of `verify`, keys in this order. */
export interface Finding {
  readonly target: string
  readonly code: string
  /** Of the item; null for what no item of the feed is. */
  readonly key: string | null
  readonly status: Condition
  /** In the feed; null for what the feed does not name. */
  readonly rank: number | null
  /** At the target; null where it is not there or has no rank. */
  readonly foundRank: number | null
  /** Address in the feed. */
  readonly expected: string | null
  /** What the target shows in its place: an address, or else whatever it is known by. */
  readonly found: string | null
  readonly repair: Repair | null
  readonly reason: string | null
  readonly message: string | null
  readonly source: string
}

export interface VerifiedTarget {
  readonly name: string
  readonly type: string
  readonly totals: Record<Condition, number>
  /** Images of the feed at this target: all totals but `extra`. */
  readonly images: number
  readonly requests: number
  readonly durationMs: number
  readonly endpoint: string
  /** False when nothing could be read; a notice says why. */
  readonly readable: boolean
  /** What reading this target cannot tell at all, one sentence each. */
  readonly cannot: readonly string[]
}

/** Is this gallery the same everywhere? In numbers of products. */
export interface Everywhere {
  /** Could be compared between two targets or more. */
  readonly compared: number
  readonly different: number
  /** By the targets at which all of a gallery could be read, the most targets first; missing: at every target that could be read. */
  readonly where?: readonly ComparedAt[]
}

/** Galleries that could be read at just these targets; at fewer than two they could not be compared. */
export interface ComparedAt {
  readonly targets: readonly string[]
  readonly galleries: number
  readonly different: number
}

/** A product that does not show the same gallery at all targets. */
export interface GalleryDifference {
  readonly code: string
  readonly source: string
  readonly targets: readonly { readonly name: string; readonly totals: Record<Condition, number> }[]
}

/** What has to be done at which targets, and for which products; null: for more than are worth naming. */
export interface RepairWork {
  readonly repair: Repair
  readonly targets: readonly string[]
  readonly codes: readonly string[] | null
}

/** What the targets really hold, compared with the feed. */
export interface VerifyReport {
  readonly kind: 'verify'
  readonly run: RunHeader
  readonly feed: FeedSummary
  readonly targets: readonly VerifiedTarget[]
  /** Null where fewer than two targets could be read. */
  readonly everywhere: Everywhere | null
  readonly repairs: readonly RepairWork[]
  /** The commands that repair, as they would be typed; none where nobody types. */
  readonly next: readonly string[]
  /** What could not be read or compared and why, in whole sentences. */
  readonly notices: readonly string[]
  readonly exitCode: number
  /** In the order of targets, then of the feed. May be read several times. */
  findings(): Iterable<Finding>
  /** In the order of the feed. */
  differences(): Iterable<GalleryDifference>
}
