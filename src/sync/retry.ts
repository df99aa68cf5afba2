import type { ConfiguredTarget } from '../config/config.ts'
import { sameGuard } from '../engine/guards.ts'
import { pack, packRemovals } from '../engine/pack.ts'
import { journalled, type Plan, type Progress } from '../engine/plan-into.ts'
import { countCarried } from '../engine/prune.ts'
import { replan } from '../engine/replan.ts'
import { mayArriveAt } from '../engine/settle-window.ts'
import type { Journal, Ledger, TargetId } from '../ledger/ledger.ts'
import type { Left, PastRun } from '../ledger/past.ts'
import { EXIT } from '../model/exit.ts'
import type { FeedSummary, Report } from '../model/report.ts'
import { type DeleteStep, isSend, type SendStep } from '../model/step.ts'
import { limitsOf } from './lanes.ts'
import { missedIn, missedWords, unknownWords } from './left-out.ts'
import { pastRuns, stepsAt } from './past-steps.ts'
import type { Opened, RetryRequest } from './request.ts'
import { run } from './run.ts'
import type { Watch, Work } from './work.ts'

/** Sends again what failed or was skipped in a run, from its journal: the feed is not read. */
export function retry(request: RetryRequest): Promise<Opened<Report>> {
  return run(request, (ledger, startedAt) => workOf(request, ledger, startedAt))
}

function workOf(request: RetryRequest, ledger: Ledger, startedAt: number): Work {
  const pasts = pastRuns(request, ledger)
  const [first] = pasts
  const { source } = first.entry
  const missed = missedIn(pasts, request)
  const heldBack = new Map<string, string>()
  const hasWork = request.config.targets.some(configured => isAny(stepsAt(pasts, configured, request) ?? []))
  return {
    source,
    whole: false,
    feed: feedOf(first),
    openEnd: null,
    targets: request.config.targets.filter(configured => stepsAt(pasts, configured, request) !== null),
    plan(configured, id, journal, watch, progress) {
      const steps = noting(stepsAt(pasts, configured, request) ?? [], heldBack)
      return planAgain(steps, configured, { ledger, id, journal, watch, progress, startedAt, source })
    },
    refuse(plans) {
      const { allowShrink = false, maxCreate = null } = request
      const creates = Math.max(0, ...plans.map(({ actions }) => actions.create))
      return plans.every(isEmpty) ? null : sameGuard(heldBack, creates, { allowShrink, maxCreate })
    },
    notices: [...missed.map(each => missedWords(each, source, request)), ...unknownWords(request, ledger)],
    *missing(id) {
      for (const { step } of ledger.unknowns(id)) yield step.item.code // these are never sent again
    },
    exit: missed.some(({ hasMoved }) => hasMoved) && !hasWork ? EXIT.items : EXIT.ok,
    close: () => undefined,
  }
}

/** The steps; `why`: is told for what reasons they were not taken, with a message for each. */
function* noting(all: Iterable<Left>, why: Map<string, string>): Generator<SendStep | DeleteStep> {
  for (const { step, result } of all) {
    if (result.reason !== null && !why.has(result.reason)) why.set(result.reason, result.message ?? '')
    yield step
  }
}

function isAny(steps: Iterable<unknown>): boolean {
  for (const _ of steps) return true
  return false
}

function isEmpty({ actions: { create, update, delete: removed } }: Plan): boolean {
  return create + update + removed === 0
}

interface Place {
  readonly ledger: Ledger
  readonly id: TargetId
  readonly journal: Journal
  readonly watch: Watch
  readonly progress: Progress
  readonly startedAt: number
  readonly source: string
}

function planAgain(
  steps: Iterable<SendStep | DeleteStep>,
  configured: ConfiguredTarget,
  { ledger, id, journal, watch, progress, startedAt, source }: Place,
): Promise<Plan> {
  const { target, options } = configured
  const limits = limitsOf(configured)
  const held = (keys: readonly string[]) => ledger.held(id, keys)
  const mayArrive = mayArriveAt(target, id, ledger, startedAt)
  const removals: DeleteStep[] = []
  function* sends(): Generator<SendStep> {
    for (const step of replan({ steps, target, options, held, mayArrive })) {
      if (isSend(step)) yield step
      else removals.push(step)
    }
  }
  function* pages() {
    let batches = 0
    for (const page of pack(sends(), limits)) {
      batches++
      yield page
    }
    yield* packRemovals(removals, limits.items, batches)
  }
  const carried = () => countCarried({ source, ledger, id })
  return journalled(journal, id, watch(pages()), () => (removals.length === 0 ? 0 : carried()), progress)
}

/** A run that was killed left no summary. */
function feedOf({ summary }: PastRun): FeedSummary {
  const feed = summary === null ? null : JSON.parse(summary).feed
  return feed ?? { files: [], records: 0, products: 0, images: 0, rejected: 0, withoutImages: 0, warnings: [] }
}
