import { plural, printable } from '../../../lib/text.ts'
import type { ExplainedTarget, Explanation } from '../../../model/history.ts'
import type { Look } from '../../reporter.ts'
import { badge, paint } from '../../style.ts'
import { wrap } from '../../text/width.ts'
import { addressText } from './address.ts'
import { explainedItemLines } from './explained-item.ts'
import { noticeLines } from './feed.ts'
import { sections } from './sections.ts'

/** One product for people: where it is from, its gallery, and target by target what became of it. */
export function* explainTable(explanation: Explanation, look: Look): Generator<string> {
  yield* sections(
    headLines(explanation, look),
    ...explanation.targets.map(target => targetLines(target, explanation, look)),
    noticeLines(explanation.notices, look),
    unknownLines(explanation, look),
    explanation.next === null ? [] : [`Next: ${printable(explanation.next)}`],
  )
}

function* headLines({ code, origin }: Explanation, look: Look): Generator<string> {
  if (origin === null) return
  yield paint(look, 'bold', printable(code))
  const where = origin.run === null ? 'of the feed as it is now' : `in run ${origin.run}`
  const text = `${origin.records.join(', ')} ${where}: ${galleryWords(origin.gallery)}`
  yield* wrap(printable(text), look.width)
  const width = String(origin.gallery.length).length
  for (const [at, url] of origin.gallery.entries()) {
    const start = `  ${String(at + 1).padStart(width)}  `
    yield start + addressText(url, start.length, look)
  }
}

function galleryWords({ length }: readonly string[]): string {
  return length === 0 ? 'no image that could be sent' : plural(length, 'image')
}

function* targetLines(target: ExplainedTarget, { at }: Explanation, look: Look): Generator<string> {
  const { name, type, endpoint, items, noPayload } = target
  yield `${paint(look, 'bold', printable(name))}  ${printable(`${type} at ${endpoint}`)}`
  const pushes = items.flatMap(({ history }) => history.filter(({ command }) => command === 'push'))
  const lastPush =
    pushes
      .map(({ startedAt }) => startedAt)
      .toSorted()
      .at(-1) ?? null
  const around = { isAlone: items.length === 1, noPayload, at, lastPush }
  for (const item of items) yield* explainedItemLines(item, around, look)
  if (items.length > 1 && !look.verbose) yield '  (--verbose tells all of each item)'
}

/** Nothing knows the code. */
function* unknownLines({ code, origin, targets, near }: Explanation, look: Look): Generator<string> {
  if (origin !== null || targets.length > 0) return
  yield `${badge(look, 'failed', 'not found')}  No kept run, no ledger and no feed knows "${printable(code)}".`
  if (near.length > 0) yield `    Did you mean ${near.map(each => `"${printable(each)}"`).join(', ')}?`
  yield '    Codes are compared letter by letter, capitals and leading zeros included.'
}
