import type { Report } from '../../../model/report.ts'
import { noticesBeside } from '../../document/notices.ts'
import { surveyOf } from '../../document/survey.ts'
import { countLines } from '../../document/tally.ts'
import type { Look } from '../../reporter.ts'
import { feedLines, noticeLines, warningLines } from './feed.ts'
import { itemLines } from './items.ts'
import { nextLines } from './next.ts'
import { sections } from './sections.ts'
import { totalLines } from './totals.ts'
import { MOST_CAUSES, remarkLines, troubleLines } from './trouble.ts'

const MOST_ITEMS = 50
const NONE: readonly string[] = []

/** A finished run for people: what became of its items, what went wrong and what to do, and the totals as the last lines. */
export function* reportTable(report: Report, look: Look): Generator<string> {
  const { quiet = false, verbose } = look
  const { trouble, remarks } = surveyOf(report)
  const isListed = !quiet && (verbose || countLines(report) <= MOST_ITEMS)
  yield* sections(
    quiet ? NONE : feedLines(report.feed),
    isListed ? itemLines(report, look) : NONE,
    troubleLines(trouble, look),
    quiet ? NONE : remarkLines(remarks, look),
    quiet ? NONE : warningLines(report.feed, look),
    noticeLines(noticesBeside(report, trouble.grouped().slice(0, MOST_CAUSES)), look),
    nextLines(report, look),
    totalLines(report.targets, look),
  )
}
