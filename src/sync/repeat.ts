import { noActions } from '../engine/plan-into.ts'
import type { Ledger, SameRun } from '../ledger/ledger.ts'
import { refusals } from './guards.ts'
import { targetIds } from './lanes.ts'
import type { PushRequest } from './request.ts'
import type { Work } from './work.ts'

/** The run that a push would repeat: the feed, the config and the targets are as they were then. Null: there is none. */
export function sameRun(
  print: string,
  source: string,
  { config, sandbox, prune }: PushRequest,
  ledger: Ledger,
): SameRun | null {
  const ids = targetIds(config, sandbox, ledger)
  const same = ids === null ? null : ledger.same(source, print, ids)
  return same !== null && prune && same.hasSpared ? null : same
}

/** Nothing is to be sent: every item is unchanged, or rejected, as it was. */
export function repeating(same: SameRun, print: string, source: string, request: PushRequest, ledger: Ledger): Work {
  const { feed, openEnd } = same
  const { allowShrink, maxCreate } = request
  request.listen({ type: 'read', feed, detected: [] })
  return {
    source,
    whole: true,
    print: async () => ({ text: print, records: null }),
    feed,
    openEnd,
    targets: request.config.targets,
    plan(_configured, id, journal) {
      const { unchanged, reject, remarks } = journal.repeat(id, same)
      return { actions: { ...noActions(), unchanged, reject }, carried: 0, batches: 0, remarks }
    },
    /** The last run of the source may have been one for other targets, with a larger feed. */
    refuse() {
      const size = { products: feed.products, openEnd, isCorrection: false }
      const [first] = refusals({ source, ...size, allowShrink, maxCreate, creates: [] }, ledger)
      return first ?? null
    },
    close: () => undefined,
  }
}
