import type { Held, HeldPrint } from '../model/item.ts'
import type { Outcome, Result, Which } from '../model/outcome.ts'
import type { RunHeader } from '../model/report.ts'
import type { Batch, DeleteStep, Page, Removal, SendStep } from '../model/step.ts'
import type { TargetId, TargetIdentity } from './identity.ts'
import type { Attempt, Carried, PastRun, RunEntry } from './past.ts'
import type { FeedRecords, LastRecords } from './record-lists.ts'
import type { Repeated } from './repeat.ts'
import type { SameRun } from './same.ts'

export type { TargetId, TargetIdentity } from './identity.ts'
export type { FeedRecords, LastRecords } from './record-lists.ts'
export type { SameRun } from './same.ts'

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

export interface RunEnd {
  readonly header: RunHeader
  readonly exitCode: number
  /** It carried the whole of its source to all of its targets, and nothing held it up. */
  readonly complete: boolean
  /** Targets of which that is true, where it is not of all. Default: none. */
  readonly completeAt?: readonly TargetId[]
  /** It has looked for what is to be removed; what it left is carried on. Default: false. */
  readonly pruned?: boolean
  readonly products: number
  /** The report without its lines, as JSON. */
  readonly summary: string
  /** The feed ended without a line end, as one that was cut off does; null: its format knows its own end. Default: null. */
  readonly openEnd?: boolean | null
  /** What the plan followed from, besides the ledger; null: not known. Default: null. */
  readonly print?: string | null
  /** What it knew of the records of its feed, kept when it was complete; null: nothing. Default: null. */
  readonly records?: FeedRecords | null
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

/**
 * When an entry of the journal is on disk: before the call returns, or soon, together with what else comes in this turn of the event
 * loop and without waiting for the disk. A batch that may be sent again needs no more than that: what a killed process or a power
 * cut takes from the end of the journal is found as planned, and doubted.
 */
export type Safety = 'durable' | 'soon'

/** What the ledger shall know about keys after a batch. */
export interface Knowledge {
  /** The target said that it holds this. */
  readonly holds: readonly Held[]
  /** It is not certain any more what the target holds; `fingerprint` is null. */
  readonly doubts: readonly Held[]
  /** Keys that the target does not hold, which is certain. */
  readonly gone?: readonly string[]
  /** Keys of which it is certain that no earlier request takes effect any more, whatever the target holds: they are not unknown now. */
  readonly settled?: readonly string[]
}

/** An item that may have arrived, at a target where sending it again could make a second one. */
export interface UnknownItem {
  /** What was sent last, complete, so that it can be asked about and sent again without the feed; not what was only looked for since. */
  readonly step: SendStep | DeleteStep
  /** Id of the run that sent it. */
  readonly run: string
  /** No request for it was started after this, ISO 8601; while its run is under way: when that started. */
  readonly attemptedAt: string
  readonly message: string | null
}

/**
 * The durable local record of what each target holds, and of every run. The sentences of this contract are repeated by the
 * contract kit.
 *
 * 1. What `settle` was given MUST be there after a crash and a power cut, all of a batch or nothing of it; what it was given to be written `soon`,
 *    may be missing from the end of the journal.
 * 2. A batch that was begun and not settled when the process died MUST be found by `recover`, and its items MUST be doubted.
 * 3. Keys are well-formed texts without NUL, compared byte by byte: `A1`, `a1`, `007` and `__proto__` are four different keys.
 * 4. `outcomes` MUST give exactly one line per planned step, in the order of the feed.
 * 5. A file that is not a ledger of this version or an older one MUST be refused and left as it is.
 * 6. An item whose outcome is `unknown` MUST stay so until a later outcome, `gone` or `settled` ends that, however many runs pass.
 *
 * Whatever goes wrong is a LedgerError, which says what it means for what was being done.
 */
export interface Ledger {
  /** What people should know about this ledger although it can be used, in whole sentences. */
  readonly warnings: readonly string[]
  /**
   * Ends the runs that a killed process left open, so that their items are planned again. `at`: now, ISO 8601. Items under way
   * at a target of whose type `mayDouble` is true become `unknown`; default: none. At a target of whose type `mayRepeat` is true,
   * batches were journalled `soon`, so that what was planned is doubted as well, once anything of it was begun; default: none.
   */
  recover(at: string, mayDouble?: (type: string) => boolean, mayRepeat?: (type: string) => boolean): readonly DeadRun[]
  /** The number of this identity, or null when the ledger does not know it. */
  find(identity: TargetIdentity): TargetId | null
  /** The number of this identity, made if need be; `renamed` when the name has stood for another identity so far. */
  register(identity: TargetIdentity): { readonly id: TargetId; readonly renamed: boolean }
  /** What the target holds under these keys; keys it does not know are missing. */
  held(target: TargetId, keys: readonly string[]): Map<string, Held>
  /** The short part of the same in a third of the time. Damage to it is not noticed: what is sent goes by `held`. */
  heldPrints(target: TargetId, keys: readonly string[]): Map<string, HeldPrint>
  /** Items of the target whose outcome is unknown, by key; only those under these keys, if any are given. */
  unknowns(target: TargetId, keys?: readonly string[]): Iterable<UnknownItem>
  /**
   * Each key that the source may have left at this target, with its code: what the last run that was complete there carried or spared,
   * in the order of its feed, and what runs after it did.
   */
  carried(source: string, target: TargetId): Iterable<Carried>
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
  /** The last run that carried the whole of this source to a target at least: its products, and whether its feed had an open end (null: unknown). */
  lastComplete(source: string): { readonly products: number; readonly openEnd: boolean | null } | null
  /**
   * The run that this one would repeat: the last one that planned for any of these targets, when it was a complete run of this
   * source that followed from the same `print`, planned for exactly these targets, and left nothing to do: whatever it sent the
   * target took as it was. Else null.
   */
  same(source: string, print: string, targets: readonly TargetId[]): SameRun | null
  /**
   * What the last run that planned for any of these targets knew of the records of its feed, when it was complete, followed from
   * the same `print`, planned for exactly these targets, removed nothing, and nothing at them is unknown. Else null.
   */
  lastRecords(print: string, targets: readonly TargetId[]): LastRecords | null
  /** The kept runs, the newest first. */
  runs(): readonly RunEntry[]
  /** A kept run, to be read; null: the last one that has ended. Null when there is none. */
  openRun(id: string | null): PastRun | null
  start(run: RunStart): Journal
  close(): void
}

/** The journal of one run: every step before the first request, every outcome after. */
export interface Journal {
  /** Writes a target's plan. One transaction per call: hand over many at once. */
  plan(target: TargetId, pages: readonly (Batch | Removal | Page)[]): void
  /** Plans for the target that everything which that run did not reject is unchanged. In one transaction. */
  repeat(target: TargetId, from: SameRun): Repeated
  /** Planned batches in the order of their numbers. */
  batches(target: TargetId): Iterable<Batch>
  /** Planned removals in the order of their numbers. */
  removals(target: TargetId): Iterable<Removal>
  /** From here on the batch may have reached the target. `safety`: default durable; so is always the first one of a target. */
  begin(target: TargetId, batch: Batch | Removal, safety?: Safety): void
  /**
   * Notes a request for this batch, or for none. Written with whatever the journal writes next. Of a batch, all or none are to be
   * noted: the last one counts as the last attempt at its items.
   */
  attempt(target: TargetId, batch: Pick<Batch | Removal, 'no'> | null, attempt: Attempt): void
  /** One result per step of the batch, in order, and what is known of the keys now. `safety`: default durable. */
  settle(
    target: TargetId,
    batch: Batch | Removal,
    results: readonly Result[],
    knowledge: Knowledge,
    safety?: Safety,
  ): void
  /** One line per step. `name` is the target's name; `which`: default all. */
  outcomes(target: TargetId, name: string, which?: Which): Iterable<Outcome>
  /** Forgets the run and its plan, of which nothing was sent. */
  discard(): void
  /** Marks the run as finished; `products` and `openEnd` count towards `lastComplete` when the run was complete. */
  finish(end: RunEnd): void
}
