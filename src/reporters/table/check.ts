import { printable } from '../../lib/text.ts'
import type { CheckReport } from '../../model/report.ts'
import type { Look } from '../reporter.ts'
import { marks, paint } from '../style.ts'
import { contentLines, inThousands } from './contents.ts'
import { detectedLines } from './detected.ts'
import { checkWarningLines, everyProblemLines, problemLines } from './problems.ts'
import { sampleLines } from './sample.ts'
import { sections } from './sections.ts'

/** What the feed holds, for people: what was detected, how much there is, the first products, what is wrong, what is next. */
export function* checkTable(check: CheckReport, look: Look): Generator<string> {
  yield* sections(
    detectedLines(check, look),
    contentLines(check, look),
    sampleLines(check.sample, look),
    problemLines(check, look),
    everyProblemLines(check, look),
    checkWarningLines(check.feed.warnings, look),
    verdictLines(check, look),
  )
}

function* verdictLines({ selected, refusal, next }: CheckReport, look: Look): Generator<string> {
  const { good, bad } = marks(look)
  const { products, rejected } = selected
  const ready = `${inThousands(products)} ${products === 1 ? 'product' : 'products'} can be sent`
  if (refusal !== null) yield* refusalLines(refusal, look)
  else if (products === 0) yield paint(look, 'red', `${bad} Nothing here can be sent.`)
  else if (rejected === 0) yield paint(look, 'green', `${good} ${ready}, none is rejected.`)
  else yield paint(look, 'yellow', `! ${ready}, ${inThousands(rejected)} ${rejected === 1 ? 'is' : 'are'} rejected.`)
  if (next !== null) yield `Next: ${printable(next)}`
}

function* refusalLines({ message, fix }: NonNullable<CheckReport['refusal']>, look: Look): Generator<string> {
  yield paint(look, 'red', `${marks(look).bad} ${printable(message)}`)
  if (fix !== '') yield `  ${printable(fix)}`
}
