import type { Held } from '../model/item.ts'
import type { Outcome, Result, Totals, Which } from '../model/outcome.ts'
import type { TargetSummary } from '../model/report.ts'
import type { DeleteStep, SendStep, Step } from '../model/step.ts'
import type { TargetId, TargetIdentity } from './identity.ts'

/** An item that a source carried to a target. */
export interface Carried {
  readonly key: string
  readonly code: string
}

/** A kept run, as lists show it. */
export interface RunEntry {
  readonly id: string
  readonly command: string
  readonly version: string
  /** ISO 8601, UTC. */
  readonly startedAt: string
  /** Null while it is under way, and after it was killed until a later run has found it. */
  readonly finishedAt: string | null
  readonly source: string
  /** Null when it was killed. */
  readonly exitCode: number | null
  /** It carried the whole of its source, and nothing held it up. */
  readonly complete: boolean
  /** As its report had them; none when it was killed. */
  readonly targets: readonly TargetSummary[]
}

/** One request for a batch, and what came of it. */
export interface Attempt {
  /** When it was started, ISO 8601. */
  readonly at: string
  readonly http: number | null
  readonly requestId: string | null
  /** Why it was not enough, or null. */
  readonly reason: string | null
  /** At most 500 characters are kept. Without secrets. */
  readonly message: string | null
}

export interface AttemptEntry extends Attempt {
  /** Number of the batch or removal; null: the request was for none of them. */
  readonly batch: number | null
  /** Counted from 1 per batch. */
  readonly n: number
}

/** What a run planned for one item, and what became of it. */
export interface PastStep {
  readonly step: Step
  readonly outcome: Outcome
  /** Items of its batch, this one included. */
  readonly batchItems: number
  /** Its batch when that has no results; null: it is settled. */
  readonly open: OpenBatch | null
}

/** A batch without results. */
export interface OpenBatch {
  readonly isRemoval: boolean
  /** It was being sent; else its turn had not come. */
  readonly isSent: boolean
}

/** How far a run is. */
export interface Progress {
  /** Planned so far. */
  readonly items: number
  readonly settled: Totals
}

/** What was to be done with an item and was not, and why. */
export interface Left {
  readonly step: SendStep | DeleteStep
  readonly result: Result
}

/** A kept run, to be read. */
export interface PastRun {
  readonly entry: RunEntry
  /** What `finish` was given; null when it was killed. */
  readonly summary: string | null
  /** The targets it planned. */
  readonly targets: readonly (TargetIdentity & { readonly id: TargetId })[]
  /** One line per step. `name` is the target's name; `which`: default all. */
  outcomes(target: TargetId, name: string, which?: Which): Iterable<Outcome>
  /** The steps of a code, in the order of the feed; much faster than all outcomes. */
  about(target: TargetIdentity & { readonly id: TargetId }, code: string): readonly PastStep[]
  /** What the ledger says now that a target of this run holds of a code. */
  held(target: TargetId, code: string): readonly Held[]
  /** By their numbers; none when the run has ended, or was killed and found. */
  openBatches(target: TargetId): ReadonlyMap<number, OpenBatch>
  progress(target: TargetId): Progress
  /** When its last request was started, as far as noted, ISO 8601. */
  lastRequest(): string | null
  /** By batch, then in their order; `batch`: only those for this one. */
  attempts(target: TargetId, batch?: number): Iterable<AttemptEntry>
  /**
   * What failed or was skipped, in the order of the feed, without what a later run has named at this target and without what is
   * `unknown`. The items are complete, but what they say of the target (`remoteId`, `doubtful`, `trim`, create or update, changes,
   * tail) is from then: compare them with the ledger again.
   */
  retryable(target: TargetId): Iterable<Left>
}
