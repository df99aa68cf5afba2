import { plural, printable } from '../../lib/text.ts'
import type { GalleryDifference, VerifyReport } from '../../model/report.ts'
import type { Look } from '../reporter.ts'
import { marks, paint } from '../style.ts'
import { conditionCounts } from './conditions.ts'
import { nameOf } from './names.ts'

const MOST_PRODUCTS = 20

/** Is this gallery the same everywhere? */
export function* everywhereLines(verify: VerifyReport, look: Look): Generator<string> {
  const { everywhere, targets } = verify
  if (everywhere === null || everywhere.compared === 0) return
  const { compared, different } = everywhere
  const { good, bad } = marks(look)
  const names = targets.filter(({ readable }) => readable).map(({ name }) => printable(name))
  const where = names.length < 2 ? 'everywhere' : `at ${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
  if (different === 0) {
    yield paint(look, 'green', `${good} Each of ${plural(compared, 'gallery', 'galleries')} is the same ${where}.`)
    return
  }
  const are = different === 1 ? 'is' : 'are'
  yield paint(
    look,
    'red',
    `${bad} ${different} of ${plural(compared, 'gallery', 'galleries')} ${are} not the same everywhere:`,
  )
  let shown = 0
  for (const difference of verify.differences()) {
    if (shown === MOST_PRODUCTS && !look.verbose) {
      yield `  and ${different - shown} more (--verbose lists them all)`
      return
    }
    yield* productLines(difference, look)
    shown++
  }
}

function* productLines({ code, source, targets }: GalleryDifference, look: Look): Generator<string> {
  yield `  ${nameOf({ code })}  ${printable(source)}`
  for (const { name, totals } of targets) yield `    ${printable(name)}  ${conditionCounts(totals, look).join('  ')}`
}
