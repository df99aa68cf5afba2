import { plural, printable } from '../../../lib/text.ts'
import type { FeedSummary } from '../../../model/report.ts'
import type { Look } from '../../reporter.ts'
import { badge, marks } from '../../style.ts'
import { wrap } from '../../text/width.ts'

const MOST_FILES = 3
const INDENT = '    '

/** What was read, on one line; none when the command read no feed. */
export function* feedLines(feed: FeedSummary): Generator<string> {
  if (feed.files.length === 0) return
  const files = feed.files.length > MOST_FILES ? plural(feed.files.length, 'file') : feed.files.join(', ')
  const parts = [
    printable(files),
    plural(feed.records, 'record'),
    plural(feed.products, 'product'),
    plural(feed.images, 'image'),
  ]
  if (feed.rejected > 0) parts.push(`${feed.rejected} rejected`)
  if (feed.withoutImages > 0) parts.push(`${feed.withoutImages} without images`)
  yield parts.join('  ')
}

/** Each kind of warning once, with how often and where it was seen first. */
export function* warningLines(feed: FeedSummary, look: Look): Generator<string> {
  const { times, ellipsis } = marks(look)
  for (const { reason, count, message, places } of feed.warnings) {
    yield* wrapped(`${badge(look, 'warning')}  ${count} ${times} ${printable(`${reason}: ${message}`)}`, look)
    if (places.length === 0) continue
    const more = count > places.length ? `, ${ellipsis}` : ''
    yield `    ${places.map(printable).join(', ')}${more}`
  }
}

export function* noticeLines(notices: readonly string[], look: Look): Generator<string> {
  for (const notice of notices) yield* wrapped(`${badge(look, 'notice')}  ${printable(notice)}`, look)
}

function* wrapped(text: string, { width }: Look): Generator<string> {
  yield* wrap(text, width, width - INDENT.length).map((line, at) => (at === 0 ? line : INDENT + line))
}
