import { printable } from '../../../lib/text.ts'
import { CONDITIONS, type GalleryDifference, type VerifyReport } from '../../../model/verification.ts'
import { everywhereWords } from '../../document/everywhere.ts'
import { nameOf } from '../../document/names.ts'
import type { Look } from '../../reporter.ts'
import { type Color, marks, paint } from '../../style.ts'
import { wrap } from '../../text/width.ts'
import { countWords } from './totals.ts'

const MOST_PRODUCTS = 20
const INDENT = '  '

/** Is this gallery the same everywhere? And the products of which it is not. */
export function* everywhereLines(verify: VerifyReport, look: Look): Generator<string> {
  const words = everywhereWords(verify)
  if (words === null) return
  const { good, bad } = marks(look)
  const text = printable(words.text)
  if (words.isSame) yield* marked('green', `${good} ${text}.`, look)
  else {
    yield* marked('red', `${bad} ${text}:`, look)
    yield* differenceLines(verify, look)
  }
}

function* marked(color: Color, text: string, look: Look): Generator<string> {
  const lines = wrap(text, look.width, look.width - INDENT.length)
  for (const [at, line] of lines.entries()) yield paint(look, color, at === 0 ? line : INDENT + line)
}

function* differenceLines(verify: VerifyReport, look: Look): Generator<string> {
  let shown = 0
  for (const difference of verify.differences()) {
    if (shown === MOST_PRODUCTS && !look.verbose) {
      yield `  and ${(verify.everywhere?.different ?? 0) - shown} more (--verbose lists them all)`
      return
    }
    yield* productLines(difference, look)
    shown++
  }
}

function* productLines({ code, source, targets }: GalleryDifference, look: Look): Generator<string> {
  yield `  ${nameOf({ code })}  ${printable(source)}`
  for (const { name, totals } of targets) {
    yield `    ${printable(name)}  ${countWords(CONDITIONS, totals, look).join('  ')}`
  }
}
