import { journalled, packed } from '../engine/plan-into.ts'
import { countCarried } from '../engine/prune.ts'
import { select } from '../engine/select.ts'
import { mayArriveAt } from '../engine/settle-window.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { Report } from '../model/report.ts'
import { readFeed } from './feed.ts'
import { refusals } from './guards.ts'
import { sourceName } from './header.ts'
import { knownRecords } from './known.ts'
import { limitsOf, pruningOf } from './lanes.ts'
import { printOf } from './print.ts'
import { repeating, sameRun } from './repeat.ts'
import type { Opened, PushRequest } from './request.ts'
import { run } from './run.ts'
import { whoNamesAt } from './who-names.ts'
import type { Work } from './work.ts'

/** Reads the whole feed, compares it with what the targets hold, and sends what changed. */
export function push(request: PushRequest): Promise<Opened<Report>> {
  return run(request, (ledger, startedAt) => workOf(request, ledger, startedAt))
}

async function workOf(request: PushRequest, ledger: Ledger, startedAt: number): Promise<Work> {
  const source = sourceName(request)
  const print = await printOf(request)
  const same = print === null ? null : sameRun(print.text, source, request, ledger)
  if (print !== null && same !== null) return repeating(same, print.text, source, request, ledger)

  const { config, full, selection, allowShrink, maxCreate } = request
  const known = print === null ? null : knownRecords(print, request, ledger)
  const catalog = await readFeed(request, known?.records)
  const { summary, openEnd, isCorrection, header, list } = catalog
  const [file = ''] = summary.files // there is only one where records are known
  return {
    source,
    async print() {
      if (print === null || !(await print.isStill())) return null
      const { text, settings } = print
      const isListed = settings !== null && header !== null
      return { text, records: isListed ? { print: settings, header, list } : null }
    },
    prunes: request.prune && !isCorrection,
    whole: selection.limit === null && selection.only.length === 0 && !isCorrection,
    feed: summary,
    openEnd,
    targets: config.targets,
    plan(configured, id, journal, watch, progress) {
      const { target, options } = configured
      const pruning = pruningOf(catalog, ledger, id, request)
      const unread = known !== null && known.records.count > 0 && { known: () => known.steps(id, file) }
      const planning = {
        entries: () => select(catalog.entries(), selection),
        target,
        options,
        full,
        held: (keys: readonly string[]) => ledger.held(id, keys),
        heldPrints: (keys: readonly string[]) => ledger.heldPrints(id, keys),
        mayArrive: mayArriveAt(target, id, ledger, startedAt),
        whoNames: whoNamesAt({ catalog, ledger, id, source, ...unread }),
        pruning,
        ...unread,
      }
      const pages = watch(packed(planning, limitsOf(configured)))
      return journalled(journal, id, pages, () => (pruning === null ? 0 : countCarried(pruning)), progress)
    },
    /** A guard that refuses the plan holds every target back. */
    refuse(plans) {
      const creates = plans.map(({ actions }) => actions.create)
      const { products } = summary
      const [first] = refusals({ source, products, openEnd, isCorrection, allowShrink, maxCreate, creates }, ledger)
      return first ?? null
    },
    close: () => catalog.close(),
  }
}
