import { plural, printable } from '../../../lib/text.ts'
import type { CheckReport, FeedWarning } from '../../../model/report.ts'
import { type Cause, linesIn, ownWords } from '../../document/causes.ts'
import { surveyOf } from '../../document/survey.ts'
import type { Look } from '../../reporter.ts'
import { badge, marks, paint } from '../../style.ts'
import { inThousands } from '../../text/counts.ts'
import { pad, shorten, widthOf, wrap } from '../../text/width.ts'
import { commonWords } from './trouble.ts'

const MOST_CAUSES = 20
const INDENT = '    '

/** Each cause of rejections once: how often, what to do, and where it was seen first. */
export function* problemLines(check: CheckReport, look: Look): Generator<string> {
  const causes = surveyOf(check).trouble.grouped()
  const shown = look.verbose ? causes : causes.slice(0, MOST_CAUSES)
  for (const cause of shown) yield* causeLines(cause, look)
  const rest = causes.slice(shown.length)
  if (rest.length > 0) {
    const other = plural(rest.length, 'other cause')
    yield `and ${inThousands(linesIn(rest))} more of ${other} (--verbose lists them all)`
  }
  if (look.verbose && causes.some(({ count, first }) => count > first.length)) yield* everyLine(check, look)
}

function* everyLine(check: CheckReport, look: Look): Generator<string> {
  yield ''
  yield paint(look, 'bold', 'Everything that is rejected')
  for (const { code, source, message } of check.rejections()) {
    yield `  ${[source, code ?? '(no code)', message].map(printable).join('  ')}`
  }
}

/** Each kind of warning once, with its first case in words. */
export function* checkWarningLines(warnings: readonly FeedWarning[], look: Look): Generator<string> {
  const { times } = marks(look)
  for (const { reason, count, message, places } of warnings) {
    const title =
      count === 1 ? `${reason}: ${message}` : `${inThousands(count)} ${times} ${reason}, for example: ${message}`
    yield* titleLines('warning', title, look)
    const more = count > places.length ? ` and ${inThousands(count - places.length)} more` : ''
    if (places.length > 0) yield* indented(places.map(printable).join(', ') + more, look)
  }
}

function* causeLines(cause: Cause, look: Look): Generator<string> {
  const { reason, fix, count, first } = cause
  const { times, arrow } = marks(look)
  const often = count === 1 ? '' : `${inThousands(count)} ${times} `
  const words = [reason ?? '', commonWords(cause, look)].filter(text => text !== '').join(': ')
  yield* titleLines('rejected', often + words, look)
  if (fix !== '') yield* indented(`${arrow} ${printable(fix)}`, look)
  yield* placeLines(cause, look)
  if (count > first.length) yield `${INDENT}and ${inThousands(count - first.length)} more`
}

/** Place, code and value, one below the other. */
function placeLines(cause: Cause, look: Look): string[] {
  const { ellipsis } = marks(look)
  const columns = cause.first.map(line =>
    [line.source, line.code ?? '', ownWords(line, cause)].map(text => printable(text)),
  )
  const widths = [0, 1].map(at => Math.max(...columns.map(cells => widthOf(cells[at] ?? ''))))
  return columns.map(cells => {
    const line =
      INDENT +
      cells
        .map((cell, at) => pad(cell, widths[at] ?? 0))
        .join('  ')
        .trimEnd()
    return look.verbose ? line : shorten(line, look.width, ellipsis)
  })
}

function* titleLines(word: 'rejected' | 'warning', text: string, look: Look): Generator<string> {
  const start = `! ${word}  `.length
  const [first = '', ...others] = wrap(printable(text), look.width - start, look.width - INDENT.length)
  yield `${badge(look, word)}  ${first}`
  for (const line of others) yield INDENT + line
}

function* indented(text: string, look: Look): Generator<string> {
  for (const line of wrap(text, look.width - INDENT.length)) yield INDENT + line
}
