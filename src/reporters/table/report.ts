import type { Outcome, Status } from '../../model/outcome.ts'
import type { Report } from '../../model/report.ts'
import type { Look } from '../reporter.ts'
import { widthOf } from '../width.ts'
import { type Case, Causes } from './causes.ts'
import { feedLines, noticeLines, warningLines } from './feed.ts'
import { itemLines } from './items.ts'
import { nameOf } from './names.ts'
import { nextLines } from './next.ts'
import { sections } from './sections.ts'
import { totalLines } from './totals.ts'
import { remarkLines, troubleLines } from './trouble.ts'

const MOST_ITEMS = 50
/** Statuses that somebody has to do something about. */
const TROUBLE: readonly Status[] = ['failed', 'rejected', 'unknown', 'skipped']
const NONE: readonly string[] = []

/** A finished run for people: what became of its items, what went wrong and what to do, and the totals as the last lines. */
export function* reportTable(report: Report, look: Look): Generator<string> {
  const { quiet = false, verbose } = look
  const survey = surveyOf(report)
  const isListed = !quiet && (verbose || survey.items <= MOST_ITEMS)
  yield* sections(
    quiet ? NONE : feedLines(report.feed),
    isListed ? itemLines(report, survey.nameWidth, look) : NONE,
    troubleLines(survey.trouble, look),
    quiet ? NONE : remarkLines(survey.remarks, look),
    quiet ? NONE : warningLines(report.feed, look),
    noticeLines(report.notices, look),
    nextLines(report, look),
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
