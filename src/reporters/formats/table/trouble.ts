import { plural, printable } from '../../../lib/text.ts'
import { type Cause, type Causes, linesIn, ownWords } from '../../document/causes.ts'
import { isRefused, type Line } from '../../document/lines.ts'
import { shortNameOf } from '../../document/names.ts'
import type { Look } from '../../reporter.ts'
import { badge, isolated, marks, paint } from '../../style.ts'
import { shorten, shortenMiddle, widthOf, wrap } from '../../text/width.ts'

/** Causes that are told without --verbose; of more, how many there are. */
export const MOST_CAUSES = 20
/** Cases that are named of each cause when there are many. */
const FIRST = 5
const ALL = Number.POSITIVE_INFINITY
const INDENT = '    '
/** Targets that are named; of more, how many there are. */
const MOST_TARGETS = 3
/** A narrow terminal still shows enough of a name to tell items apart. */
const LEAST_NAME_WIDTH = 16

/** Each cause once: how many, why, where, and what to do. All cases are named while they are few. */
export function* troubleLines(causes: Causes, look: Look): Generator<string> {
  yield* groupedLines(causes.grouped(causes.few === null ? FIRST : ALL), look)
}

/** The same for items that are done and still have something to say: a few of them are enough. */
export function* remarkLines(causes: Causes, look: Look): Generator<string> {
  const first = (cause: Cause) => cause.first.map(line => ({ ...line, trace: [] }))
  const grouped = causes.grouped().map(cause => ({ ...cause, first: first(cause) }))
  yield* groupedLines(look.verbose ? grouped : grouped.map(cause => ({ ...cause, varies: false })), look)
}

function* groupedLines(grouped: readonly Cause[], look: Look): Generator<string> {
  const shown = look.verbose ? grouped : grouped.slice(0, MOST_CAUSES)
  for (const cause of shown) yield* causeLines(cause, look)
  const rest = grouped.slice(shown.length)
  if (rest.length === 0) return
  yield `and ${plural(rest.length, 'more cause')} of ${plural(linesIn(rest), 'item')}`
}

function* causeLines(cause: Cause, look: Look): Generator<string> {
  const { word, count, targets, first } = cause
  const start = `${badge(look, word)}  ${count === 1 ? '' : `${count} ${marks(look).times} `}`
  const [head = '', ...others] = wrap(wordsOf(cause, look), look.width - widthOf(start), look.width - INDENT.length)
  yield start + head
  for (const line of others) yield INDENT + line
  // A record is rejected everywhere, and stands in one place.
  const namesTarget = targets.length > 1 && !isRefused(cause)
  const places = new Set(
    first.map(line => placeLines(line, namesTarget, printable(ownWords(line, cause)), look).join('\n')),
  )
  yield* places
  if (count > first.length) yield `${INDENT}and ${count - first.length} more`
  yield* adviceLines(cause, look)
}

/** "image-refused from img.example.com at pim: the message". */
function wordsOf(cause: Cause, look: Look): string {
  const { reason, host, targets } = cause
  const message = commonWords(cause, look)
  const from = host === null ? '' : ` from ${printable(host)}`
  const at = targets.length === 0 ? '' : ` at ${targetsText(targets)}`
  return `${printable(reason ?? 'no reason')}${from}${at}${message === '' ? '' : `: ${printable(message)}`}`
}

/** What the messages of a cause have in common, with an ellipsis for each value; empty where that is nothing. */
export function commonWords({ message, varies }: Cause, look: Look): string {
  if (message === null || look.unicode || !varies) return message ?? ''
  return message.replaceAll('…', marks(look).ellipsis)
}

function* adviceLines({ fix }: Cause, look: Look): Generator<string> {
  if (fix === '') return
  const mark = `${INDENT}${marks(look).arrow} `
  const [todo = '', ...more] = wrap(printable(fix), look.width - mark.length)
  yield mark + paint(look, 'bold', todo)
  for (const line of more) yield ' '.repeat(mark.length) + paint(look, 'bold', line)
}

function targetsText(targets: readonly string[]): string {
  return targets.length > MOST_TARGETS ? `${targets.length} targets` : targets.map(printable).join(', ')
}

function placeLines(line: Line, namesTarget: boolean, own: string, look: Look): string[] {
  const { ellipsis } = marks(look)
  const place = [
    printable(line.source),
    ...(namesTarget && line.target !== null ? [`at ${printable(line.target)}`] : []),
    ...(line.trace.length === 0 ? [] : [printable(line.trace.join(', '))]),
  ].join('  ')
  const room = look.width - INDENT.length - 2
  const name = shortenMiddle(shortNameOf(line), Math.max(LEAST_NAME_WIDTH, room - widthOf(place)), ellipsis)
  const left = room - widthOf(name)
  const text = `${INDENT}${isolated(look, name)}  ${shorten(place, left, ellipsis)}`
  if (own === '') return [text]
  if (widthOf(place) + 2 + widthOf(own) <= left) return [`${text}  ${own}`]
  return [text, ...wrap(own, look.width - INDENT.length - 2).map(each => `${INDENT}  ${each}`)]
}
