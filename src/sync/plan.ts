import type { Catalog } from '../catalog/index.ts'
import type { ConfiguredTarget } from '../config/config.ts'
import { deleteGuard } from '../engine/guards.ts'
import { type Planning, planSteps } from '../engine/plan.ts'
import { packed } from '../engine/plan-into.ts'
import { countCarried, planRemovals } from '../engine/prune.ts'
import { select } from '../engine/select.ts'
import { mayArriveAt } from '../engine/settle-window.ts'
import type { Ledger } from '../ledger/ledger.ts'
import { Closers } from '../lib/closers.ts'
import type { PlannedStep, PlanReport } from '../model/report.ts'
import type { Step } from '../model/step.ts'
import { readFeed } from './feed.ts'
import { originOf } from './feed-files.ts'
import { refusals } from './guards.ts'
import { headerOf, sourceName } from './header.ts'
import { identityOf, limitsOf, pruningOf } from './lanes.ts'
import { openToRead } from './open-to-read.ts'
import { markOf } from './plan-file/ledger-mark.ts'
import { savePlan } from './plan-file/save-plan.ts'
import { plannedStep } from './planned-step.ts'
import { planExit, survey, withheldWords } from './planned-target.ts'
import type { LedgerRequest, Opened } from './request.ts'
import { NOBODY_NAMES, whoNamesAt } from './who-names.ts'

export interface PlanRequest extends LedgerRequest {
  /** Absolute path of the file that the plan is saved in, to be applied later; null or missing: it is only shown. */
  readonly out?: string | null
}

/** What a push would do now: the same reading and the same comparison, no request, and nothing written but the file of the plan. */
export async function plan(request: PlanRequest): Promise<Opened<PlanReport>> {
  const closers = new Closers()
  try {
    const startedAt = request.clock.wall()
    const { out = null } = request
    // Before the feed is read: what it says after a later change is then never taken for what was planned.
    const origin = out === null ? null : await originOf(request.sources, request.cwd)
    const catalog = closers.add(await readFeed(request), read => read.close())
    const ledger = closers.add(openToRead(request.state), opened => opened.close())
    const mark = markOf(ledger)
    const lanes = request.config.targets.map(configured => {
      const planning = planningOf(configured, catalog, ledger, request)
      const pages = () => packed(planning, limitsOf(configured))
      const withholds = (removals: number) => withheldBy(removals, planning, request)
      return { configured, planning, pages, ...survey(configured, pages(), withholds) }
    })
    const targets = lanes.map(({ planned }) => planned)
    const heldBack = [...guardNotices(catalog, targets, ledger, request), ...lanes.flatMap(withheldWords)]
    const document: PlanReport = {
      kind: 'plan',
      run: headerOf(request, startedAt),
      feed: catalog.summary,
      targets,
      notices: heldBack,
      exitCode: planExit(targets, heldBack),
      *steps(): Generator<PlannedStep> {
        for (const { configured, planning, withheld } of lanes) {
          for (const step of allSteps(planning)) yield plannedStep(configured.name, step, withheld)
        }
      },
    }
    if (out === null || origin === null) return { document, close: () => closers.close() }
    const notices = savePlan(out, { request, document, catalog, origin, mark, ledger, lanes })
    return { document: { ...document, notices: [...document.notices, ...notices] }, close: () => closers.close() }
  } catch (error) {
    await closers.close()
    throw error
  }
}

/** Comparing again gives the same steps, so a plan of any size needs no place to be kept. */
function planningOf(configured: ConfiguredTarget, catalog: Catalog, ledger: Ledger, request: LedgerRequest): Planning {
  const { target, options } = configured
  const id = ledger.find(identityOf(configured, request.sandbox))
  return {
    entries: () => select(catalog.entries(), request.selection),
    target,
    options,
    full: request.full,
    held: keys => (id === null ? new Map() : ledger.held(id, keys)),
    heldPrints: keys => (id === null ? new Map() : ledger.heldPrints(id, keys)),
    mayArrive: id === null ? () => new Set() : mayArriveAt(target, id, ledger, request.clock.wall()),
    whoNames: id === null ? NOBODY_NAMES : whoNamesAt({ catalog, ledger, id, source: sourceName(request) }),
    pruning: id === null ? null : pruningOf(catalog, ledger, id, request),
  }
}

function* allSteps(planning: Planning): Generator<Step> {
  yield* planSteps(planning)
  if (planning.pruning !== null) yield* planRemovals(planning.pruning, planning)
}

function withheldBy(removals: number, { pruning }: Planning, { maxDelete }: LedgerRequest): string | null {
  return pruning === null ? null : deleteGuard(removals, countCarried(pruning), maxDelete)
}

function guardNotices(
  { summary, openEnd, isCorrection }: Catalog,
  targets: PlanReport['targets'],
  ledger: Ledger,
  request: LedgerRequest,
): string[] {
  const { allowShrink, maxCreate } = request
  const size = { products: summary.products, openEnd, isCorrection }
  const creates = targets.map(({ totals }) => totals.create)
  const guarded = { source: sourceName(request), ...size, allowShrink, maxCreate, creates }
  return refusals(guarded, ledger).map(({ message }) => message)
}
