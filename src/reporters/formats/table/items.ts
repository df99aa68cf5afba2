import { plural, printable } from '../../../lib/text.ts'
import type { Outcome } from '../../../model/outcome.ts'
import type { Report } from '../../../model/report.ts'
import { shortNameOf } from '../../document/names.ts'
import type { Look } from '../../reporter.ts'
import { badge, isolated, marks, paint } from '../../style.ts'
import { pad, shortenMiddle, widthOf } from '../../text/width.ts'

const WORD_WIDTH = 'unchanged'.length
const IMAGES_WIDTH = '10 images'.length
/** A narrow terminal still shows enough of a name to tell items apart. */
const LEAST_NAME_WIDTH = 12

/**
 * All items, one per line and none wider than the terminal; under the target's name where there are several. Why something went
 * wrong, and where, is told with its cause.
 */
export function* itemLines(report: Report, look: Look): Generator<string> {
  const room = look.width - (2 + WORD_WIDTH) - IMAGES_WIDTH - 4
  const width = Math.min(longestName(report), Math.max(LEAST_NAME_WIDTH, room))
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
  for (const outcome of report.outcomes()) longest = Math.max(longest, widthOf(shortNameOf(outcome)))
  return longest
}

function itemLine(outcome: Outcome, nameWidth: number, look: Look): string {
  const { status, images } = outcome
  const { ellipsis } = marks(look)
  return [
    badge(look, status, status.padEnd(WORD_WIDTH)),
    pad(isolated(look, shortenMiddle(shortNameOf(outcome), nameWidth, ellipsis)), nameWidth),
    images > 0 ? plural(images, 'image') : '',
  ]
    .join('  ')
    .trimEnd()
}
