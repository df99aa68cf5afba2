import type { ConfiguredTarget } from '../config/config.ts'
import { sameGuard } from '../engine/guards.ts'
import { pack, packRemovals } from '../engine/pack.ts'
import { journalled, type Plan, type Progress } from '../engine/plan-into.ts'
import { countCarried } from '../engine/prune.ts'
import { replan } from '../engine/replan.ts'
import { mayArriveAt } from '../engine/settle-window.ts'
import type { Journal, Ledger, TargetId } from '../ledger/ledger.ts'
import type { PastRun } from '../ledger/past.ts'
import { plural } from '../lib/text.ts'
import { UsageError } from '../model/errors.ts'
import { EXIT } from '../model/exit.ts'
import type { FeedSummary, Report } from '../model/report.ts'
import { type DeleteStep, isSend, type SendStep } from '../model/step.ts'
import { sourceName } from './header.ts'
import { identityOf, limitsOf } from './lanes.ts'
import type { Opened, RunRequest } from './request.ts'
import { run } from './run.ts'
import type { Watch, Work } from './work.ts'

export interface RetryRequest extends RunRequest {
  /** Id of the run; null: the last push and what has been retried of it since. */
  readonly run: string | null
  /** Names given with --target: what the others were to get is left out knowingly. Missing or empty: none were given. */
  readonly only?: readonly string[]
  /** Send what was held back because the feed had shrunk. Default: false. */
  readonly allowShrink?: boolean
  /** Refuse to create more items than this. Default: null, but what was held back by such a limit needs one. */
  readonly maxCreate?: number | null
  /**
   * Words the push of these feeds where commands are typed; none: those of the config, null: no word can name them. Missing: no
   * command is named.
   */
  readonly pushLine?: (feeds: readonly string[] | null) => string
}

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
      const steps = stepsAt(pasts, configured, request, heldBack) ?? []
      return planAgain(steps, configured, { ledger, id, journal, watch, progress, startedAt, source })
    },
    refuse(plans) {
      const { allowShrink = false, maxCreate = null } = request
      const creates = Math.max(0, ...plans.map(({ actions }) => actions.create))
      return plans.every(isEmpty) ? null : sameGuard(heldBack, creates, { allowShrink, maxCreate })
    },
    notices: missed.map(each => missedWords(each, source, request)),
    exit: missed.some(({ hasMoved }) => hasMoved) && !hasWork ? EXIT.items : EXIT.ok,
    close: () => undefined,
  }
}

/** The oldest first. What a later run has named is nothing to retry in an earlier one, so no item comes twice. */
function pastRuns({ run: id }: RetryRequest, ledger: Ledger): readonly [PastRun, ...PastRun[]] {
  const runs = ledger.runs().filter(({ finishedAt }) => finishedAt !== null)
  const lastPush = runs.findIndex(({ command }) => command === 'push')
  const wanted = id !== null ? [id] : runs.slice(0, lastPush + 1).map(entry => entry.id)
  const [first, ...others] = wanted.toReversed().flatMap(each => ledger.openRun(each) ?? [])
  if (first !== undefined) return [first, ...others]
  if (id === null) throw new UsageError('There is no run to retry.', { fix: 'Push a feed first.' })
  const kept = runs.slice(0, 5).map(entry => entry.id)
  const fix = kept.length === 0 ? 'There is none yet: push a feed first.' : `The last runs are ${kept.join(', ')}.`
  throw new UsageError(`There is no run "${id}".`, { fix })
}

/** What is left out although it failed or was skipped. */
interface Missed {
  readonly name: string
  readonly items: number
  /** A target of this command has its name, but another address or account. */
  readonly hasMoved: boolean
}

/** What nobody left out knowingly may be missed, when a target was renamed or has moved since. */
function missedIn(pasts: readonly PastRun[], request: RetryRequest): readonly Missed[] {
  const { config, only = [], selection } = request
  return pasts.flatMap(past => {
    const asked = config.targets.map(configured => plannedAt(past, configured, request))
    return past.targets.flatMap(({ id, name }) => {
      if (asked.includes(id) || (only.length > 0 && !only.includes(name))) return []
      let items = 0
      for (const _ of stepsOf(past, id, selection.only)) items++
      return items === 0 ? [] : [{ name, items, hasMoved: config.targets.some(each => each.name === name) }]
    })
  })
}

function missedWords({ name, items, hasMoved }: Missed, source: string, request: RetryRequest): string {
  const what = `${name}: ${plural(items, 'failed or skipped item')} left out`
  if (!hasMoved) return `${what}, as this command has no target of that name.`
  const { pushLine } = request
  const way = pushLine === undefined ? 'Push their feed.' : `Send them with: ${pushLine(feedsOf(source, request))}`
  return `${what}, as the target has another address or account by now. ${way}`
}

/** What a push has to name to be about the source. */
function feedsOf(source: string, { config }: RetryRequest): readonly string[] | null {
  const { name, files } = config.feed
  if (files.length > 0 && sourceName({ config, sources: files }) === source) return []
  const isPlain = name !== source && /^[\w./\\:@+-]+$/.test(source)
  return isPlain ? [source] : null
}

function isAny(steps: Iterable<unknown>): boolean {
  for (const _ of steps) return true
  return false
}

function isEmpty({ actions: { create, update } }: Plan): boolean {
  return create + update === 0
}

/** Null when the target had no part in these runs. `why`: is told for what reasons they were not taken, with a message for each. */
function stepsAt(
  pasts: readonly PastRun[],
  configured: ConfiguredTarget,
  request: RetryRequest,
  why = new Map<string, string>(),
): Iterable<SendStep | DeleteStep> | null {
  const there = pasts.flatMap(past => {
    const id = plannedAt(past, configured, request)
    return id === null ? [] : [{ past, id }]
  })
  return there.length === 0
    ? null
    : chained(there.map(({ past, id }) => stepsOf(past, id, request.selection.only, why)))
}

/** The target's number in the past run, or null: it was not part of it, or has another address or account by now. */
function plannedAt(past: PastRun, configured: ConfiguredTarget, { sandbox }: RetryRequest): TargetId | null {
  const identity = identityOf(configured, sandbox)
  const same = past.targets.find(
    ({ name, type, origin, account }) =>
      name === identity.name && type === identity.type && origin === identity.origin && account === identity.account,
  )
  return same?.id ?? null
}

function* stepsOf(
  past: PastRun,
  id: TargetId,
  only: readonly string[],
  why = new Map<string, string>(),
): Generator<SendStep | DeleteStep> {
  const wanted = new Set(only)
  for (const { step, result } of past.retryable(id)) {
    if (wanted.size > 0 && !wanted.has(step.item.code)) continue
    if (result.reason !== null && !why.has(result.reason)) why.set(result.reason, result.message ?? '')
    yield step
  }
}

function* chained<T>(parts: readonly Iterable<T>[]): Generator<T> {
  for (const part of parts) yield* part
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
