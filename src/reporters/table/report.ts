import type { Outcome, Status } from '../../model/outcome.ts'
import type { Report } from '../../model/report.ts'
import type { Look } from '../reporter.ts'
import { paint, paintAs } from '../style.ts'
import { pad, widthOf } from '../width.ts'
import { caseLines } from './cases.ts'
import { type Case, Causes } from './causes.ts'
import { feedLines, noticeLines, warningLines } from './feed.ts'
import { itemLines } from './items.ts'
import { nameOf } from './names.ts'
import { sections } from './sections.ts'
import { totalLines } from './totals.ts'

const MOST_ITEMS = 50
/** Statuses of which every item is named. */
const TROUBLE: readonly Status[] = ['failed', 'rejected', 'unknown']
const ADVISED_WIDTH = 'rejected'.length

/** A finished run for people. */
export function* reportTable(report: Report, look: Look): Generator<string> {
  const survey = surveyOf(report)
  const isListed = look.verbose || survey.items <= MOST_ITEMS
  yield* sections(
    feedLines(report.feed),
    isListed ? itemLines(report, survey.nameWidth, look) : [],
    caseLines(survey.trouble, look),
    caseLines(survey.remarks, look),
    warningLines(report.feed, look),
    noticeLines(report.notices, look),
    adviceLines(report, look),
    totalLines(report.targets, look),
  )
}

interface Survey {
  readonly items: number
  /** Columns that the longest name takes. */
  readonly nameWidth: number
  readonly trouble: Causes
  /** Items that are done and still have something to say, such as ranks that stay behind. */
  readonly remarks: Causes
}

function surveyOf(report: Report): Survey {
  const trouble = new Causes()
  const remarks = new Causes()
  const isAlone = report.targets.length <= 1
  let items = 0
  let nameWidth = 0
  for (const outcome of report.outcomes()) {
    items++
    nameWidth = Math.max(nameWidth, widthOf(nameOf(outcome)))
    const target = isAlone ? null : outcome.target
    if (TROUBLE.includes(outcome.status)) trouble.add(caseOf(outcome, target, traceOf(outcome)))
    else if (outcome.reason !== null) remarks.add(caseOf(outcome, target, null))
  }
  return { items, nameWidth, trouble, remarks }
}

function caseOf(outcome: Outcome, target: string | null, trace: string | null): Case {
  const { status, code, key, reason, message, source } = outcome
  return { word: status, target, code, key, reason, message, source, trace }
}

function traceOf({ http, requestId }: Outcome): string | null {
  const parts = [http === null ? '' : `HTTP ${http}`, requestId === null ? '' : `request ${requestId}`]
  return parts.filter(part => part !== '').join(', ') || null
}

/** What to do about each kind of trouble. */
function* adviceLines({ targets }: Report, look: Look): Generator<string> {
  const has = (status: Status) => targets.some(({ totals }) => totals[status] > 0)
  const isRestDone = !has('failed') && !has('skipped') && !has('unknown')
  const advice = [
    ['failed', 'Do what the reason says, then push again: what is done is not sent twice.'],
    ['rejected', `Correct the feed and push again${isRestDone ? '; the other products are done' : ''}.`],
    ['skipped', 'See why above, then push again: what is done is not sent twice.'],
    ['unknown', 'The target may hold these or not. Push again: they are looked for before anything is sent.'],
  ] as const
  const due = advice.filter(([status]) => has(status))
  if (due.length > 0) yield paint(look, 'bold', 'What to do')
  for (const [status, words] of due) yield `  ${pad(paintAs(look, status, status), ADVISED_WIDTH)}  ${words}`
}
