import { plural, printable } from '../../../lib/text.ts'
import type { Product } from '../../../model/product.ts'
import { nameOf } from '../../document/names.ts'
import type { Look } from '../../reporter.ts'
import { badge, marks, paint } from '../../style.ts'
import { shorten, shortenMiddle, wrap } from '../../text/width.ts'

/** Images of one product; the rest is counted. */
const MOST_IMAGES = 8

/** Products as they will be sent: each image with its rank. */
export function* sampleLines(sample: readonly Product[], look: Look): Generator<string> {
  if (sample.length === 0) return
  yield paint(
    look,
    'bold',
    sample.length === 1 ? 'The first product as it will be sent' : 'The first products as they will be sent',
  )
  for (const product of sample) yield* productLines(product, look)
}

function* productLines({ code, gallery, source, dropped }: Product, look: Look): Generator<string> {
  const { ellipsis } = marks(look)
  const cut = (text: string, width: number): string => (look.verbose ? text : shorten(text, width, ellipsis))
  const facts = `  ${plural(gallery.length, 'image')}  ${printable(source)}`
  yield `  ${cut(nameOf({ code }), Math.max(12, look.width - 2 - facts.length))}${facts}`
  const shown = look.verbose || gallery.length <= MOST_IMAGES + 1 ? gallery : gallery.slice(0, MOST_IMAGES)
  const rankWidth = String(shown.length).length
  for (const [at, url] of shown.entries()) {
    const start = `    ${String(at + 1).padStart(rankWidth)}  `
    const text = printable(url)
    yield start + (look.verbose ? text : shortenMiddle(text, look.width - start.length, ellipsis))
  }
  if (shown.length < gallery.length) yield `    and ${gallery.length - shown.length} more`
  if (dropped === null) return
  const [first = '', ...others] = wrap(printable(dropped), look.width - 6)
  yield `    ${badge(look, 'warning', first)}`
  for (const line of others) yield `      ${line}`
}
