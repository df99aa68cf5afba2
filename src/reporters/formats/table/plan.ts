import { plural, printable } from '../../../lib/text.ts'
import type { PlannedStep, PlanReport } from '../../../model/report.ts'
import { causeOf, shortNameOf } from '../../document/names.ts'
import { toldNotices } from '../../document/notices.ts'
import { surveyOf } from '../../document/survey.ts'
import type { Look } from '../../reporter.ts'
import { badge, marks, paint } from '../../style.ts'
import { shortenMiddle, widthOf, wrap } from '../../text/width.ts'
import { changeLines } from './changes.ts'
import { feedLines, noticeLines, warningLines } from './feed.ts'
import { forecastLines } from './forecast.ts'
import { sections } from './sections.ts'
import { plannedLines } from './totals.ts'
import { troubleLines } from './trouble.ts'

const MOST_STEPS = 50
const INDENT = '    '
/** A narrow terminal still shows enough of a name to tell items apart. */
const LEAST_NAME_WIDTH = 16

/** What a push would do, for people: each change, what cannot be sent, and the forecast as the last lines. */
export function* planTable(plan: PlanReport, look: Look): Generator<string> {
  yield* sections(
    feedLines(plan.feed),
    stepLines(plan, look),
    troubleLines(surveyOf(plan).trouble, look),
    warningLines(plan.feed, look),
    noticeLines(toldNotices(plan), look),
    forecastLines(plan.targets, look),
    plannedLines(plan.targets, look),
  )
}

function* stepLines(plan: PlanReport, look: Look): Generator<string> {
  let target: string | null = plan.targets.length > 1 ? null : (plan.targets[0]?.name ?? null)
  let shown = 0
  for (const step of plan.steps()) {
    if (!isListed(step, look)) continue
    if (shown === MOST_STEPS && !look.verbose) {
      yield `and ${countChanges(plan) - shown} more (--verbose lists them all)`
      return
    }
    if (step.target !== target) yield paint(look, 'bold', printable(step.target))
    target = step.target
    yield* linesOf(step, look)
    shown++
  }
}

/** Rejects are told by cause, and what stays as it is only on request. */
function isListed(step: PlannedStep, look: Look): boolean {
  return step.action === 'unchanged' ? look.verbose : step.action !== 'reject'
}

function countChanges(plan: PlanReport): number {
  return plan.targets.reduce((sum, { totals }) => sum + totals.create + totals.update + totals.delete, 0)
}

/** The images of a new product are all new, and all of one that is removed go: their number is enough unless more is asked for. */
function* linesOf(step: PlannedStep, look: Look): Generator<string> {
  const isWhole = step.action === 'create' || step.action === 'delete'
  const isBrief = isWhole && !look.verbose
  const count = step.changes === null ? 0 : step.changes.added.length + step.changes.removed.length
  const images = isBrief && count > 0 ? `  ${plural(count, 'image')}` : ''
  const start = `${badge(look, step.action)}  `
  const end = `${images}  ${printable(step.source)}`.trimEnd()
  const room = look.width - widthOf(start) - widthOf(end)
  yield start + shortenMiddle(shortNameOf(step), Math.max(LEAST_NAME_WIDTH, room), marks(look).ellipsis) + end
  const cause = causeOf(step)
  if (cause) for (const line of wrap(cause, look.width - INDENT.length)) yield INDENT + line
  if (step.changes && !isBrief) yield* changeLines(step.changes, look)
}
