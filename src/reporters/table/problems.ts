import { plural, printable } from '../../lib/text.ts'
import type { CheckReport, FeedWarning } from '../../model/report.ts'
import { groupProblems, type ProblemCase, type ProblemGroup } from '../problems.ts'
import type { Look } from '../reporter.ts'
import { badge, marks, paint } from '../style.ts'
import { pad, shorten, widthOf, wrap } from '../width.ts'
import { inThousands } from './contents.ts'

const MOST_CAUSES = 20
const INDENT = '    '

/** Each cause of rejections once: how often, what to do, and where it was seen first. */
export function* problemLines(check: CheckReport, look: Look): Generator<string> {
  const groups = groupProblems(check.rejections())
  const shown = look.verbose ? groups : groups.slice(0, MOST_CAUSES)
  for (const group of shown) yield* groupLines(group, look)
  const rest = groups.slice(shown.length)
  const count = rest.reduce((sum, group) => sum + group.count, 0)
  if (count > 0)
    yield `and ${inThousands(count)} more of ${plural(rest.length, 'other cause')} (--verbose lists them all)`
}

/** Every rejection by itself, where the causes do not show them all. */
export function* everyProblemLines(check: CheckReport, look: Look): Generator<string> {
  if (!look.verbose || groupProblems(check.rejections()).every(({ count, first }) => count === first.length)) return
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

function* groupLines({ reason, message, fix, count, first }: ProblemGroup, look: Look): Generator<string> {
  const { times, arrow, ellipsis } = marks(look)
  const often = count === 1 ? '' : `${inThousands(count)} ${times} `
  const common = look.unicode ? message : message.replaceAll('…', ellipsis)
  yield* titleLines('rejected', `${often}${[reason, common].filter(text => text !== '').join(': ')}`, look)
  if (fix !== '') yield* indented(`${arrow} ${printable(fix)}`, look)
  yield* caseLines(first, look)
  if (count > first.length) yield `${INDENT}and ${inThousands(count - first.length)} more`
}

/** Place, code and value, one below the other. */
function caseLines(cases: readonly ProblemCase[], look: Look): string[] {
  const { ellipsis } = marks(look)
  const columns = cases.map(({ source, code, values }) =>
    [source, code ?? '', values.join(', ')].map(text => printable(text)),
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
  const [first = '', ...others] = wrapAfter(start, printable(text), look)
  yield `${badge(look, word)}  ${first}`
  for (const line of others) yield INDENT + line
}

function* indented(text: string, look: Look): Generator<string> {
  for (const line of wrap(text, look.width - INDENT.length)) yield INDENT + line
}

/** Lines that go on below the indent; the first one begins after `start` columns. */
function wrapAfter(start: number, text: string, look: Look): string[] {
  const [first = ''] = wrap(text, look.width - start)
  const rest = text.slice(first.length).trimStart()
  return rest === '' ? [first] : [first, ...wrap(rest, look.width - INDENT.length)]
}
