import { createGuard, shrinkGuard } from '../engine/guards.ts'
import { planInto } from '../engine/plan-into.ts'
import { select } from '../engine/select.ts'
import { mayArriveAt } from '../engine/settle-window.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { Report } from '../model/report.ts'
import { readFeed } from './feed.ts'
import { sourceName } from './header.ts'
import { limitsOf, pruningOf } from './lanes.ts'
import type { Opened, PushRequest } from './request.ts'
import { run, type Work } from './run.ts'

/** Reads the whole feed, compares it with what the targets hold, and sends what changed. */
export function push(request: PushRequest): Promise<Opened<Report>> {
  return run(request, (ledger, startedAt) => workOf(request, ledger, startedAt))
}

async function workOf(request: PushRequest, ledger: Ledger, startedAt: number): Promise<Work> {
  const { config, full, selection, allowShrink, maxCreate } = request
  const catalog = await readFeed(request)
  const source = sourceName(request)
  const { summary, openEnd, isCorrection } = catalog
  return {
    source,
    whole: selection.limit === null && selection.only.length === 0 && !isCorrection,
    feed: summary,
    openEnd,
    targets: config.targets,
    plan(configured, id, journal) {
      const { target, options } = configured
      const planning = {
        entries: () => select(catalog.entries(), selection),
        target,
        options,
        full,
        held: (keys: readonly string[]) => ledger.held(id, keys),
        mayArrive: mayArriveAt(target, id, ledger, startedAt),
        pruning: pruningOf(catalog, ledger, id, request),
      }
      return planInto(journal, id, planning, limitsOf(configured))
    },
    /** A guard that refuses the plan holds every target back. */
    refuse(plans) {
      const last = allowShrink || isCorrection ? null : ledger.lastComplete(source)
      const guards = plans.map(({ actions }) => createGuard(actions.create, maxCreate))
      const shrunk = shrinkGuard({ products: summary.products, openEnd }, last)
      return shrunk ?? guards.find(guard => guard !== null) ?? null
    },
    close: () => catalog.close(),
  }
}
