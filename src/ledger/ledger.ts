import type { Held } from '../model/item.ts'
import type { Outcome, Result } from '../model/outcome.ts'
import type { RunHeader } from '../model/report.ts'
import type { Batch, Page, Removal } from '../model/step.ts'

/** Who a target is: if any part differs, it is another target, whose contents are unknown. Holds no secret. */
export interface TargetIdentity {
  readonly name: string
  readonly type: string
  /** Origin of its address, or "sandbox". */
  readonly origin: string
  readonly account: string
}

/** A target's number in one ledger. */
export type TargetId = number

export interface RunStart {
  readonly id: string
  readonly command: string
  readonly version: string
  readonly startedAt: string
  /** Name of the source: guards compare runs of one source. */
  readonly source: string
  /** False when only a part of the feed is planned (--limit, --only). */
  readonly whole: boolean
}

/** A run that ended without finishing, as it was found. */
export interface DeadRun {
  readonly id: string
  readonly startedAt: string
  /** Items that were being sent. */
  readonly interrupted: number
  /** Items whose turn had not come. */
  readonly skipped: number
}

/** What the ledger shall know about keys after a batch. */
export interface Knowledge {
  /** The target said that it holds this. */
  readonly holds: readonly Held[]
  /** It is not certain any more what the target holds; `fingerprint` is null. */
  readonly doubts: readonly Held[]
  /** Keys that the target does not hold any more. */
  readonly gone?: readonly string[]
}

/**
 * The durable local record of what each target holds, and of every run. The sentences of this contract are repeated by the
 * contract kit.
 *
 * 1. What `settle` was given MUST be there after a crash, all of a batch or nothing of it.
 * 2. A batch that was begun and not settled when the process died MUST be found by `recover`, and its items MUST be doubted.
 * 3. Keys are well-formed texts without NUL, compared byte by byte: `A1`, `a1`, `007` and `__proto__` are four different keys.
 * 4. `outcomes` MUST give exactly one line per planned step, in the order of the feed.
 * 5. A file that is not a ledger of this version MUST be refused and left as it is.
 */
export interface Ledger {
  /** Ends the runs that a killed process left open, so that their items are planned again. `at`: now, ISO 8601. */
  recover(at: string): readonly DeadRun[]
  /** The number of this identity, or null when the ledger does not know it. */
  find(identity: TargetIdentity): TargetId | null
  /** The number of this identity, made if need be; `renamed` when the name has stood for another identity so far. */
  register(identity: TargetIdentity): { readonly id: TargetId; readonly renamed: boolean }
  /** What the target holds under these keys; keys it does not know are missing. */
  held(target: TargetId, keys: readonly string[]): Map<string, Held>
  /** The keys that the last complete run of a source at this target carried to it, with their codes, in the order of its feed. */
  carried(source: string, target: TargetId): Iterable<{ readonly key: string; readonly code: string }>
  /** Everything that any kept run of another source named at this target, complete or not; the key is null for what it rejected. */
  namedByOthers(
    source: string,
    target: TargetId,
  ): Iterable<{ readonly key: string | null; readonly code: string | null }>
  /** Other names under which the same account of the same target is known. */
  siblings(target: TargetId): readonly TargetId[]
  /** Does the account hold something under another key that it knows by the same id? Then this key's removal would take it away. */
  isShared(target: TargetId, held: Held): boolean
  /** Remembers at once the id that the target gave a key whose item is not complete yet; the key stays in doubt. */
  note(target: TargetId, item: { readonly key: string; readonly code: string }, remoteId: string): void
  /** Products of the last run that carried the whole of this source, or null. */
  lastComplete(source: string): number | null
  start(run: RunStart): Journal
  close(): void
}

/** The journal of one run: every step before the first request, every outcome after. */
export interface Journal {
  /** Writes a target's plan. One transaction per call: hand over many at once. */
  plan(target: TargetId, pages: readonly (Batch | Removal | Page)[]): void
  /** Planned batches in the order of their numbers. */
  batches(target: TargetId): Iterable<Batch>
  /** Planned removals in the order of their numbers. */
  removals(target: TargetId): Iterable<Removal>
  /** From here on the batch may have reached the target. */
  begin(target: TargetId, batch: Batch | Removal): void
  /** One result per step of the batch, in order, and what is known of the keys now. */
  settle(target: TargetId, batch: Batch | Removal, results: readonly Result[], knowledge: Knowledge): void
  /** One line per step. `name` is the target's name. */
  outcomes(target: TargetId, name: string): Iterable<Outcome>
  /** Marks the run as finished; `products` counts towards `lastComplete` when the run was complete. */
  finish(end: { header: RunHeader; exitCode: number; complete: boolean; products: number; summary: string }): void
}
