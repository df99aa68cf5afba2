import type { ConfiguredTarget } from '../config/config.ts'
import type { Halt } from '../engine/lane.ts'
import type { Plan, Progress } from '../engine/plan-into.ts'
import type { Sending } from '../engine/push.ts'
import type { FeedRecords, Journal, TargetId } from '../ledger/ledger.ts'
import type { FeedSummary } from '../model/report.ts'
import type { Batch, Page, Removal } from '../model/step.ts'

/** What one run sends, and where it comes from. */
export interface Work {
  /** Name of the source, by which guards and prune compare runs. */
  readonly source: string
  /** False when only a part of the source is planned. */
  readonly whole: boolean
  /** It looks for what is to be removed. Default: false. */
  readonly prunes?: boolean
  /** What the plan followed from, asked when it has been made; null: not known. Default: null. */
  readonly print?: () => Promise<PlanPrint | null>
  readonly feed: FeedSummary
  /** The feed ended without a line end; null: its format knows its own end. */
  readonly openEnd: boolean | null
  /** The targets that there is something to do for. */
  readonly targets: readonly ConfiguredTarget[]
  /** Plans one target into the journal. All pages of the plan pass through `watch`. */
  plan(target: ConfiguredTarget, id: TargetId, journal: Journal, watch: Watch, progress: Progress): Plan | Promise<Plan>
  /** Why nothing may be sent, or null. */
  refuse(plans: readonly Plan[]): Halt | null
  /** What people are told besides, in whole sentences. */
  readonly notices?: readonly string[]
  /** The exit code that what is left out calls for. Default: 0. */
  readonly exit?: number
  /** What else is to be said of the outcome of an item. */
  readonly remark?: Sending['remark']
  /** Codes of which something is known not to be at the target, although this run does not send it. */
  missing?(target: TargetId): Iterable<string>
  close(): void
}

/** What a plan followed from besides the ledger. */
export interface PlanPrint {
  /** All of it, as a digest. */
  readonly text: string
  /** What the run knows of the records of its feed; null: nothing, or it is handed over with the plan. */
  readonly records: FeedRecords | null
}

/** Gives the pages that it is given, and looks at them. */
export type Watch = (pages: Iterable<Batch | Removal | Page>) => Iterable<Batch | Removal | Page>
