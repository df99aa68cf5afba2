import { deleteGuard } from '../../engine/guards.ts'
import { countCarried } from '../../engine/prune.ts'
import type { Ledger } from '../../ledger/ledger.ts'
import { mergeSorted } from '../../lib/merge.ts'
import type { PlannedStep, PlanReport } from '../../model/report.ts'
import { ACTIONS, type Action, type Step } from '../../model/step.ts'
import { refuseChangedFeed } from '../feed-files.ts'
import { refusals } from '../guards.ts'
import { headerOf } from '../header.ts'
import { identityOf } from '../lanes.ts'
import { openToRead } from '../open-to-read.ts'
import { plannedStep } from '../planned-step.ts'
import { planExit, type Survey, survey, withheldWords } from '../planned-target.ts'
import type { Opened, Request } from '../request.ts'
import type { PlanLimits } from './header.ts'
import { refuseMovedLedger } from './ledger-mark.ts'
import type { Planned } from './lines.ts'
import type { PlanFile } from './open.ts'
import { type Matched, matchTargets } from './targets.ts'

export interface ShowRequest extends Request {
  /** Folder of the ledger. */
  readonly state: string
  readonly sandbox: boolean
  readonly plan: PlanFile
  readonly limits: PlanLimits
}

/** What applying a saved plan would do now. Refuses what `applyPlan` refuses. */
export async function showPlan(request: ShowRequest): Promise<Opened<PlanReport>> {
  const { plan, config, sandbox, cwd, state, clock } = request
  const startedAt = clock.wall()
  const targets = matchTargets(plan.header, config.targets, sandbox)
  await refuseChangedFeed(plan.header.origin, cwd)
  const ledger = openToRead(state)
  try {
    refuseMovedLedger(plan.header, ledger)
    const surveys = targets.map(target => surveyOf(target, ledger, request))
    const planned = surveys.map(each => each.planned)
    const heldBack = [...guardNotices(planned, ledger, request), ...surveys.flatMap(withheldWords)]
    const document: PlanReport = {
      kind: 'plan',
      run: headerOf(request, startedAt),
      feed: plan.header.feed,
      targets: planned,
      notices: heldBack,
      exitCode: planExit(planned, heldBack),
      *steps(): Generator<PlannedStep> {
        for (const [at, { configured, place }] of targets.entries()) {
          const withheld = surveys[at]?.withheld ?? null
          for (const step of inFeedOrder(() => plan.pages(place))) yield plannedStep(configured.name, step, withheld)
        }
      },
    }
    return { document, close: async () => ledger.close() }
  } catch (error) {
    ledger.close()
    throw error
  }
}

function surveyOf({ configured, place }: Matched, ledger: Ledger, { plan, limits, sandbox }: ShowRequest): Survey {
  const { source } = plan.header
  const id = ledger.find(identityOf(configured, sandbox))
  const carried = () => (id === null ? 0 : countCarried({ source, ledger, id }))
  return survey(configured, plan.pages(place), removals => deleteGuard(removals, carried(), limits.maxDelete))
}

function guardNotices(targets: PlanReport['targets'], ledger: Ledger, { plan, limits }: ShowRequest): string[] {
  const { source, feed, openEnd, isCorrection } = plan.header
  const creates = targets.map(({ totals }) => totals.create)
  const guarded = { source, products: feed.products, openEnd, isCorrection, creates, ...limits }
  return refusals(guarded, ledger).map(({ message }) => message)
}

/** The pages of each action are in the order of the feed; together they are merged into it. */
function inFeedOrder(pages: () => Iterable<Planned>): Generator<Step> {
  const streams = ACTIONS.map(action => stepsOf(pages(), action))
  return mergeSorted(streams, ({ seq }) => seq)
}

function* stepsOf(pages: Iterable<Planned>, action: Action): Generator<Step> {
  for (const page of pages) if (page.action === action) yield* page.steps
}
