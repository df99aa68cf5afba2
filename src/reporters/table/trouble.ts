import { printable } from '../../lib/text.ts'
import { adviceOn } from '../reasons.ts'
import type { Look } from '../reporter.ts'
import { badge, isolated, marks, paint } from '../style.ts'
import { shorten, shortenMiddle, widthOf, wrap } from '../width.ts'
import type { Case, Cause, Causes } from './causes.ts'
import { nameOf } from './names.ts'

const MOST_CAUSES = 20
/** Cases that are named of each cause when there are many. */
const FIRST = 5
const ALL = Number.POSITIVE_INFINITY
const INDENT = '    '
const VALUES = /"[^"]*"|https?:\/\/\S+/g
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
  const grouped = causes.grouped()
  yield* groupedLines(look.verbose ? grouped : grouped.map(cause => ({ ...cause, varies: false })), look)
}

function* groupedLines(grouped: readonly Cause[], look: Look): Generator<string> {
  const shown = look.verbose ? grouped : grouped.slice(0, MOST_CAUSES)
  for (const cause of shown) yield* causeLines(cause, look)
  const rest = grouped.slice(shown.length)
  if (rest.length === 0) return
  const items = rest.reduce((sum, { count }) => sum + count, 0)
  yield `and ${rest.length} more ${rest.length === 1 ? 'cause' : 'causes'} of ${items} items`
}

function* causeLines(cause: Cause, look: Look): Generator<string> {
  const { word, count, targets, first, varies, message } = cause
  const start = `${badge(look, word)}  ${count === 1 ? '' : `${count} ${marks(look).times} `}`
  const [head = '', ...others] = wrap(wordsOf(cause), look.width - widthOf(start), look.width - INDENT.length)
  yield start + head
  for (const line of others) yield INDENT + line
  // A record is rejected everywhere, and stands in one place.
  const namesTarget = targets.length > 1 && word !== 'rejected'
  const places = new Set(
    first.map(found => placeLines(found, namesTarget, varies ? ownOf(found, message) : '', look).join('\n')),
  )
  yield* places
  if (count > first.length) yield `${INDENT}and ${count - first.length} more`
  yield* adviceLines(cause, look)
}

/** "image-refused from img.example.com at pim: the message". */
function wordsOf({ reason, host, targets, message }: Cause): string {
  const from = host === null ? '' : ` from ${printable(host)}`
  const at = targets.length === 0 ? '' : ` at ${targetsText(targets)}`
  return `${printable(reason ?? 'no reason')}${from}${at}${message === null ? '' : `: ${printable(message)}`}`
}

function* adviceLines({ word, reason, message }: Cause, look: Look): Generator<string> {
  const advice = adviceOn(word === 'unknown' ? 'no-answer' : reason)
  // Those who reject a record say themselves what to do about it, in a second sentence.
  if (advice === null || (word === 'rejected' && /\. [A-Z]/.test(message ?? ''))) return
  const mark = `${INDENT}${marks(look).arrow} `
  const [todo = '', ...more] = wrap(advice.words, look.width - mark.length)
  yield mark + paint(look, 'bold', todo)
  for (const line of more) yield ' '.repeat(mark.length) + paint(look, 'bold', line)
}

function targetsText(targets: readonly string[]): string {
  return targets.length > MOST_TARGETS ? `${targets.length} targets` : targets.map(printable).join(', ')
}

function placeLines(found: Case, namesTarget: boolean, own: string, look: Look): string[] {
  const { ellipsis } = marks(look)
  const place = [
    printable(found.source),
    ...(namesTarget && found.target !== null ? [`at ${printable(found.target)}`] : []),
    ...(found.trace === null ? [] : [printable(found.trace)]),
  ].join('  ')
  const room = look.width - INDENT.length - 2
  const name = shortenMiddle(shortName(found), Math.max(LEAST_NAME_WIDTH, room - widthOf(place)), ellipsis)
  const left = room - widthOf(name)
  const line = `${INDENT}${isolated(look, name)}  ${shorten(place, left, ellipsis)}`
  if (own === '') return [line]
  if (widthOf(place) + 2 + widthOf(own) <= left) return [`${line}  ${own}`]
  return [line, ...wrap(own, look.width - INDENT.length - 2).map(each => `${INDENT}  ${each}`)]
}

/** What its message says that the others do not: the values in it, or all of it where the messages have nothing in common. */
function ownOf({ message }: Case, common: string | null): string {
  const values = common === null ? [message ?? ''] : (message?.match(VALUES) ?? [])
  return printable([...new Set(values)].join('  '))
}

/** A key that begins with the code says it all. */
function shortName(found: Case): string {
  const { code, key } = found
  return code !== null && key?.startsWith(code) ? printable(key) : nameOf(found)
}
