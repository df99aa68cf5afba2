import type { Forecast } from './forecast.ts'
import type { Outcome, Totals, Which } from './outcome.ts'
import type { Problem, Product } from './product.ts'
import type { Feed } from './record.ts'
import type { Action, Changes } from './step.ts'

/** Something about the feed that people should know, once per kind, not once per record. */
export interface FeedWarning {
  /** Stable kebab-case word, such as `duplicate-image`. */
  readonly reason: string
  readonly count: number
  /** The first case in words. */
  readonly message: string
  /** The first places, at most five. */
  readonly places: readonly string[]
}

export interface FeedSummary {
  readonly files: readonly string[]
  readonly records: number
  /** Products with a gallery. */
  readonly products: number
  /** Images of those products. */
  readonly images: number
  /** Records or products that can be sent nowhere. */
  readonly rejected: number
  readonly withoutImages: number
  readonly warnings: readonly FeedWarning[]
}

export interface RunHeader {
  readonly id: string
  readonly command: string
  readonly version: string
  /** ISO 8601, UTC. */
  readonly startedAt: string
  readonly finishedAt: string
}

export interface TargetSummary {
  readonly name: string
  readonly type: string
  readonly totals: Totals
  readonly items: number
  readonly requests: number
  readonly retries: number
  readonly throttled: number
  readonly bytesSent: number
  readonly durationMs: number
  readonly endpoint: string
}

/** A finished run. Every total is the count of its lines in `outcomes`. */
export interface Report {
  readonly kind: 'report'
  readonly run: RunHeader
  readonly feed: FeedSummary
  readonly targets: readonly TargetSummary[]
  /** Why targets stopped early or guards held something back, in words; empty when all went its way. */
  readonly notices: readonly string[]
  /** The commands that come next, as they would be typed; missing where nobody types. */
  readonly next?: readonly string[]
  /** Where the whole report lies: files, or the command that shows it; missing or empty where that is not worth saying. */
  readonly full?: readonly string[]
  readonly exitCode: number
  /**
   * One line per item and target, in the order of targets, then of the feed. May be read several times. Of a large run the notable
   * ones come far sooner.
   *
   * @param which @default 'all'
   */
  outcomes(which?: Which): Iterable<Outcome>
}

/** One step of a plan as it is reported. */
export interface PlannedStep {
  readonly target: string
  readonly code: string | null
  readonly key: string | null
  readonly action: Action
  readonly changes: Changes | null
  readonly reason: string | null
  readonly message: string | null
  readonly source: string
}

export interface PlannedTarget {
  readonly name: string
  readonly type: string
  readonly totals: Record<Action, number>
  readonly items: number
  readonly forecast: Forecast
  readonly endpoint: string
}

/** What a push would do. */
export interface PlanReport {
  readonly kind: 'plan'
  readonly run: RunHeader
  readonly feed: FeedSummary
  readonly targets: readonly PlannedTarget[]
  readonly notices: readonly string[]
  readonly exitCode: number
  steps(): Iterable<PlannedStep>
}

/** What was found out about one file of a feed, and which of its columns were chosen. */
export interface Detected {
  readonly file: string
  readonly format: Feed['format']
  /** In words, such as `delimiter ;` or `code column: sku`. */
  readonly notes: readonly string[]
}

/** What --only and --limit leave of the feed; all of it without them. */
export interface Selected {
  readonly products: number
  readonly images: number
  /** Images of the product that has the fewest, 0 without products. */
  readonly fewest: number
  readonly most: number
  readonly rejected: number
}

/** What `check` found: the feed alone. */
export interface CheckReport {
  readonly kind: 'check'
  readonly run: RunHeader
  readonly feed: FeedSummary
  /** File by file. */
  readonly detected: readonly Detected[]
  /** The first products as they would be sent. */
  readonly sample: readonly Product[]
  readonly selected: Selected
  /** Why a push would refuse the whole feed: nothing in it can be sent. */
  readonly refusal: { readonly message: string; readonly fix: string } | null
  /** The command that comes next, as it would be typed; null where nobody types or nothing can be sent. */
  readonly next: string | null
  readonly exitCode: number
  rejections(): Iterable<Problem>
}
