import type { RankedUrl } from './item.ts'
import type { Json } from './json.ts'
import type { Outcome, Totals } from './outcome.ts'
import type { Action, Changes } from './step.ts'

/** `killed`: its process ended without a word, so that it has no exit code and no end. */
export const RUN_STATES = ['finished', 'killed', 'under-way'] as const
export type RunState = (typeof RUN_STATES)[number]

/** A kept run, as `runs` lists it. */
export interface ListedRun {
  readonly id: string
  readonly command: string
  readonly source: string
  readonly state: RunState
  /** ISO 8601, UTC. */
  readonly startedAt: string
  /** Null unless it has finished. */
  readonly finishedAt: string | null
  readonly durationMs: number | null
  readonly exitCode: number | null
  /** Items that it planned, at all targets. */
  readonly items: number
  /** What became of them at all targets; while it is under way, of those that are settled. */
  readonly totals: Totals
  readonly targets: readonly ListedTarget[]
  readonly version: string
}

export interface ListedTarget {
  readonly name: string
  readonly type: string
  readonly items: number
  readonly totals: Totals
}

/** The kept runs of a ledger. */
export interface RunsReport {
  readonly kind: 'runs'
  /** When it was looked at, ISO 8601. */
  readonly at: string
  /** Folder of the ledger. */
  readonly ledger: string
  /** The newest first. */
  readonly runs: readonly ListedRun[]
  readonly notices: readonly string[]
  /** The command that comes next, as it would be typed. */
  readonly next: string | null
  readonly exitCode: number
}

/** What one run made of one item. */
export interface ItemInRun {
  readonly run: string
  readonly command: string
  /** When the run began, ISO 8601. */
  readonly startedAt: string
  readonly action: Action
  readonly outcome: Outcome
}

export interface RequestAttempt {
  /** Counted from 1 per batch. */
  readonly n: number
  /** When it was started, ISO 8601. */
  readonly at: string
  readonly http: number | null
  readonly requestId: string | null
  /** Why it was not enough, or null. */
  readonly reason: string | null
  readonly message: string | null
}

/** The last time that a kept run sent an item, or was to send it. */
export interface Sending extends ItemInRun {
  readonly gallery: readonly string[]
  readonly changes: Changes | null
  readonly batchItems: number
  /** Requests for it, or where those cannot be told apart, for its whole batch; as far as they are noted. */
  readonly requests: number
  /** All of them while they are few; else those that went wrong and the one that was answered for this item. */
  readonly attempts: readonly RequestAttempt[]
  /** What was sent, by the config of now; null where that cannot be told. */
  readonly payload: Json | null
  /** The payload is exactly what was sent: it has the same fingerprint. */
  readonly isExact: boolean
}

/** What a push of the feed would do with an item now. */
export interface NextStep {
  readonly action: Action
  readonly changes: Changes | null
  /** What would be sent; null when nothing would. */
  readonly payload: Json | null
  readonly reason: string | null
  readonly message: string | null
  readonly source: string
}

/** What the ledger says a target holds. */
export interface HeldNow {
  readonly gallery: readonly string[]
  /** What this tool wrote at ranks after the gallery's end, and the target keeps. */
  readonly tail: readonly RankedUrl[]
  readonly remoteId: string | null
  /** Of the payload that was accepted last; null: in doubt, as the last request had no trustworthy answer. */
  readonly fingerprint: string | null
  /** The target took the last request about it and was still working on it, so nothing about it is in doubt; missing: no. */
  readonly inProgress?: true
}

export interface ExplainedItem {
  /** Null: the record never became an item. */
  readonly key: string | null
  /** What the kept runs made of it, the newest first. */
  readonly history: readonly ItemInRun[]
  readonly sending: Sending | null
  readonly held: HeldNow | null
  /** Sent, and nobody knows whether it arrived: what `reconcile` settles. */
  readonly unknown: { readonly run: string; readonly attemptedAt: string; readonly message: string | null } | null
  /** Null when no feed was looked at, or this target is not configured. */
  readonly next: NextStep | null
}

export interface ExplainedTarget {
  readonly name: string
  readonly type: string
  readonly endpoint: string
  /** Why payloads of this target cannot be shown, as a sentence; null: they can. */
  readonly noPayload: string | null
  /** In rank order. */
  readonly items: readonly ExplainedItem[]
}

/** One product from record to answer, at every target. */
export interface Explanation {
  readonly kind: 'explain'
  /** When it was looked at, ISO 8601. */
  readonly at: string
  readonly code: string
  /** Where the product is from: the feed of now, or the last run that named it; null: neither knows it. */
  readonly origin: Origin | null
  readonly targets: readonly ExplainedTarget[]
  /** Known codes that look alike, when this one is not known. */
  readonly near: readonly string[]
  readonly notices: readonly string[]
  readonly next: string | null
  readonly exitCode: number
}

export interface Origin {
  /** Null: the feed of now. */
  readonly run: string | null
  /** Places of its records; of a past run, of the first one only. */
  readonly records: readonly string[]
  /** Image URLs in rank order; empty when it was rejected. */
  readonly gallery: readonly string[]
}
