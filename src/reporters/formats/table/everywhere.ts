import { printable } from '../../../lib/text.ts'
import { CONDITIONS, type GalleryDifference, type VerifyReport } from '../../../model/report.ts'
import { everywhereWords } from '../../document/everywhere.ts'
import { nameOf } from '../../document/names.ts'
import type { Look } from '../../reporter.ts'
import { marks, paint } from '../../style.ts'
import { countWords } from './totals.ts'

const MOST_PRODUCTS = 20

/** Is this gallery the same everywhere? And the products of which it is not. */
export function* everywhereLines(verify: VerifyReport, look: Look): Generator<string> {
  const words = everywhereWords(verify)
  if (words === null) return
  const { good, bad } = marks(look)
  const text = printable(words.text)
  if (words.isSame) yield paint(look, 'green', `${good} ${text}.`)
  else {
    yield paint(look, 'red', `${bad} ${text}:`)
    yield* differenceLines(verify, look)
  }
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
