import { plural, printable } from '../../lib/text.ts'
import type { Product } from '../../model/product.ts'
import type { CheckReport } from '../../model/report.ts'
import type { Look } from '../reporter.ts'
import { marks, paint } from '../style.ts'
import { caseLines } from './cases.ts'
import { Causes } from './causes.ts'
import { feedLines, warningLines } from './feed.ts'
import { nameOf } from './names.ts'
import { sections } from './sections.ts'

/** What the feed holds, for people: what was detected, the first products, what cannot be sent, and a verdict. */
export function* checkTable(check: CheckReport, look: Look): Generator<string> {
  yield* sections(
    check.notes.map(printable),
    feedLines(check.feed),
    sampleLines(check.sample, look),
    caseLines(rejectionsOf(check), look),
    warningLines(check.feed, look),
    [verdict(check, look)],
  )
}

function* sampleLines(sample: readonly Product[], look: Look): Generator<string> {
  if (sample.length === 0) return
  yield paint(look, 'bold', 'The first products as they will be sent')
  for (const product of sample) {
    yield `  ${nameOf(product)}  ${printable(product.source)}`
    for (const [at, url] of product.gallery.entries()) yield `    ${at + 1}  ${printable(url)}`
  }
}

function rejectionsOf(check: CheckReport): Causes {
  const causes = new Causes()
  for (const problem of check.rejections()) {
    causes.add({ ...problem, word: 'rejected', target: null, key: null, trace: null })
  }
  return causes
}

function verdict({ feed }: CheckReport, look: Look): string {
  const { good, bad } = marks(look)
  if (feed.products === 0) return paint(look, 'red', `${bad} Nothing in this feed can be sent.`)
  const ready = `${plural(feed.products, 'product')} can be sent`
  if (feed.rejected === 0) return paint(look, 'green', `${good} ${ready}, none is rejected.`)
  return paint(look, 'yellow', `! ${ready}, ${feed.rejected} rejected: correct the feed, or push without them.`)
}
