import { plural, printable } from '../../../lib/text.ts'
import type { Outcome } from '../../../model/outcome.ts'
import type { Report } from '../../../model/report.ts'
import { causeOf, nameOf } from '../../document/names.ts'
import type { Look } from '../../reporter.ts'
import { badge, isolated, marks, paint } from '../../style.ts'
import { pad, shorten, widthOf } from '../../text/width.ts'

const WORD_WIDTH = 'unchanged'.length
const IMAGES_WIDTH = '10 images'.length
/** A narrow terminal still shows enough of a name to tell items apart. */
const LEAST_NAME_WIDTH = 12

/** All items, one per line and none wider than the terminal; under the target's name where there are several. */
export function* itemLines(report: Report, look: Look): Generator<string> {
  const width = Math.min(longestName(report), Math.max(LEAST_NAME_WIDTH, Math.floor(look.width / 3)))
  let target: string | null = report.targets.length > 1 ? null : (report.targets[0]?.name ?? null)
  for (const outcome of report.outcomes()) {
    if (outcome.target !== target) yield paint(look, 'bold', printable(outcome.target))
    target = outcome.target
    yield itemLine(outcome, width, look)
  }
}

/** In columns. */
function longestName(report: Report): number {
  let longest = 0
  for (const outcome of report.outcomes()) longest = Math.max(longest, widthOf(nameOf(outcome)))
  return longest
}

function itemLine(outcome: Outcome, nameWidth: number, look: Look): string {
  const { status, images, reason, message, source } = outcome
  const { ellipsis } = marks(look)
  const start = [
    badge(look, status, status.padEnd(WORD_WIDTH)),
    pad(isolated(look, shorten(nameOf(outcome), nameWidth, ellipsis)), nameWidth),
    (images > 0 ? plural(images, 'image') : '').padEnd(IMAGES_WIDTH),
  ].join('  ')
  if (reason === null && message === null) return start.trimEnd()
  const room = look.width - [2 + WORD_WIDTH, nameWidth, IMAGES_WIDTH].reduce((sum, width) => sum + width + 2, 0)
  return `${start}  ${shorten(`${causeOf(outcome)}  ${printable(source)}`, room, ellipsis)}`
}
