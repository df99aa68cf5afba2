import type { ConfiguredTarget } from '../config/config.ts'
import type { Plan } from '../engine/plan-into.ts'
import type { Sent } from '../engine/push.ts'
import type { Images } from '../images/index.ts'
import type { Journal, Ledger, TargetId } from '../ledger/ledger.ts'
import { EXIT, mostSevere } from '../model/exit.ts'
import type { Outcome } from '../model/outcome.ts'
import type { Report } from '../model/report.ts'
import { headerOf } from './header.ts'
import type { RunRequest } from './request.ts'
import type { PlanPrint, Work } from './work.ts'

/** What the steps of one run share. */
export interface Run {
  readonly request: RunRequest
  readonly startedAt: number
  readonly id: string
  readonly ledger: Ledger
  readonly journal: Journal
  readonly work: Work
  readonly print: PlanPrint | null
  readonly images: Images
  readonly planned: readonly PlannedTarget[]
}

export interface PlannedTarget {
  readonly configured: ConfiguredTarget
  readonly id: TargetId
  readonly plan: Plan
}

/** Ends the run in the journal, and makes its report. */
export function conclude(all: Run, sent: readonly Sent[], notices: readonly string[]): Report {
  const { request, startedAt, id, work, print, journal, planned } = all
  const { stop } = request
  const header = headerOf(request, startedAt, id)
  const signal = stop.aborted && typeof stop.reason === 'number' ? [stop.reason] : []
  const exitCode = mostSevere([...sent.flatMap(({ exits }) => exits), ...signal, work.exit ?? EXIT.ok])
  const halts = told(sent, ({ halted }) => halted?.message ?? null)
  const withheld = told(sent, each => each.withheld)
  const summary = {
    run: header,
    feed: work.feed,
    targets: sent.map(each => each.summary),
    notices: [...notices, ...(work.notices ?? []), ...halts, ...withheld, ...unordered(planned, sent)],
    exitCode,
  }
  const isWhole = !stop.aborted && work.whole
  const completeAt = planned.filter((_, at) => isWhole && sent[at]?.halted === null).map(each => each.id)
  const { products } = work.feed
  journal.finish({
    header,
    exitCode,
    complete: isWhole && halts.length === 0,
    completeAt,
    pruned: work.prunes === true,
    products,
    openEnd: work.openEnd,
    print: print?.text ?? null,
    records: print?.records ?? null,
    summary: JSON.stringify(summary),
  })
  return {
    kind: 'report',
    ...summary,
    *outcomes(which): Generator<Outcome> {
      for (const { configured, id: target } of planned) yield* journal.outcomes(target, configured.name, which)
    },
  }
}

/** Once per message, however many targets it is about. */
function told(sent: readonly Sent[], messageOf: (sent: Sent) => string | null): string[] {
  const messages = new Set(sent.map(messageOf).filter(message => message !== null))
  return [...messages].map(message => {
    const names = sent.filter(each => messageOf(each) === message).map(({ summary }) => summary.name)
    return `${names.join(', ')}: ${message}`
  })
}

/** Who misses a new order of images is told once why nothing was sent: only what is unchanged can have been reordered. */
function unordered(planned: readonly PlannedTarget[], sent: readonly Sent[]): string[] {
  const names = planned
    .filter(
      ({ configured: { target } }, at) => target.ordered === false && (sent[at]?.summary.totals.unchanged ?? 0) > 0,
    )
    .map(({ configured }) => configured.name)
  if (names.length === 0) return []
  return [`${names.join(', ')}: there images have no order, so a gallery that was only reordered is unchanged.`]
}
