import { printable } from '../../../lib/text.ts'
import type { CheckReport } from '../../../model/report.ts'
import type { Look } from '../../reporter.ts'
import { marks, paint } from '../../style.ts'
import { contentLines } from './contents.ts'
import { detectedLines } from './detected.ts'
import { checkWarningLines, problemLines } from './problems.ts'
import { sampleLines } from './sample.ts'
import { sections } from './sections.ts'
import { verdictLine } from './verdict.ts'

/** What the feed holds, for people: what was detected, how much there is, the first products, what is wrong, what is next. */
export function* checkTable(check: CheckReport, look: Look): Generator<string> {
  yield* sections(
    detectedLines(check, look),
    contentLines(check, look),
    sampleLines(check.sample, look),
    problemLines(check, look),
    checkWarningLines(check.feed.warnings, look),
    verdictLines(check, look),
  )
}

function* verdictLines(check: CheckReport, look: Look): Generator<string> {
  if (check.refusal === null) yield verdictLine(check, look)
  else yield* refusalLines(check.refusal, look)
  if (check.next !== null) yield `Next: ${printable(check.next)}`
}

function* refusalLines({ message, fix }: NonNullable<CheckReport['refusal']>, look: Look): Generator<string> {
  yield paint(look, 'red', `${marks(look).bad} ${printable(message)}`)
  if (fix !== '') yield `  ${printable(fix)}`
}
