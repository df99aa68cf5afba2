import { journalled } from '../../engine/plan-into.ts'
import { countCarried } from '../../engine/prune.ts'
import type { Ledger } from '../../ledger/ledger.ts'
import type { Report } from '../../model/report.ts'
import { refuseChangedFeed } from '../feed-files.ts'
import { refusals } from '../guards.ts'
import type { Opened, RunRequest } from '../request.ts'
import { run } from '../run.ts'
import type { Work } from '../work.ts'
import type { PlanLimits } from './header.ts'
import { appliedWords, heldBackWords, refuseMovedLedger } from './ledger-mark.ts'
import type { PlanFile } from './open.ts'
import { type Matched, matchTargets } from './targets.ts'

export interface ApplyRequest extends RunRequest {
  readonly plan: PlanFile
  /** The guards' limits; those of the plan itself are in its header. They count instead of `maxDelete`. */
  readonly limits: PlanLimits
}

/**
 * Sends exactly what a saved plan holds, in its order. Throws before anything is sent when it was made for other targets, and
 * when its feed or the ledger is not as it was.
 */
export async function applyPlan(request: ApplyRequest): Promise<Opened<Report>> {
  const { plan, limits, config, sandbox, cwd } = request
  const targets = matchTargets(plan.header, config.targets, sandbox)
  await refuseChangedFeed(plan.header.origin, cwd)
  return run({ ...request, maxDelete: limits.maxDelete }, ledger => workOf(request, targets, ledger))
}

function workOf({ plan, limits }: ApplyRequest, targets: readonly Matched[], ledger: Ledger): Work {
  const { header } = plan
  refuseMovedLedger(header, ledger)
  const { source, whole, feed, openEnd, isCorrection, prune } = header
  let isHeldBack = false
  return {
    source,
    prunes: prune,
    whole,
    feed,
    openEnd,
    targets: targets.map(({ configured }) => configured),
    plan(configured, id, journal, watch, progress) {
      const place = targets.findIndex(each => each.configured === configured)
      const carried = () => (prune ? countCarried({ source, ledger, id }) : 0)
      return journalled(journal, id, watch(plan.pages(place)), carried, progress)
    },
    refuse(plans) {
      const creates = plans.map(({ actions }) => actions.create)
      const [first] = refusals({ source, products: feed.products, openEnd, isCorrection, creates, ...limits }, ledger)
      isHeldBack = first !== undefined
      return first ?? null
    },
    get notices() {
      return [isHeldBack ? heldBackWords(header) : appliedWords(header)]
    },
    close: () => undefined,
  }
}
