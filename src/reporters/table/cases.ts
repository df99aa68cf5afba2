import { plural, printable } from '../../lib/text.ts'
import type { Look } from '../reporter.ts'
import { badge, marks } from '../style.ts'
import type { Case, Cause, Causes } from './causes.ts'
import { causeOf, nameOf } from './names.ts'

const MOST_CAUSES = 20
const ELSEWHERE = '(see --report file.json)'

/** Names every case while they are few; of many, their causes with the first cases of each. Nothing is cut short. */
export function* caseLines(causes: Causes, look: Look): Generator<string> {
  if (causes.few) for (const found of causes.few) yield* singleLines(found, look)
  else yield* groupedLines(causes.grouped(), look)
}

function* singleLines(found: Case, look: Look): Generator<string> {
  yield `${badge(look, found.word)}  ${placeOf(found)}`
  const cause = causeOf(found)
  const trace = found.trace === null ? '' : `(${printable(found.trace)})`
  if (cause || trace) yield `    ${[cause, trace].filter(part => part !== '').join(' ')}`
}

function* groupedLines(causes: readonly Cause[], look: Look): Generator<string> {
  const shown = look.verbose ? causes : causes.slice(0, MOST_CAUSES)
  for (const cause of shown) yield* causeLines(cause, look)
  const rest = causes.slice(shown.length)
  if (rest.length === 0) return
  const items = rest.reduce((sum, cause) => sum + cause.count, 0)
  yield `and ${plural(rest.length, 'more cause')} of ${plural(items, 'item')} ${ELSEWHERE}`
}

function* causeLines(cause: Cause, look: Look): Generator<string> {
  yield `${badge(look, cause.word)}  ${cause.count} ${marks(look).times} ${causeOf(cause)}`
  for (const found of cause.first) {
    const own = cause.varies && found.message !== null ? `  ${printable(found.message)}` : ''
    yield `    ${placeOf(found)}${own}`
  }
  const rest = cause.count - cause.first.length
  if (rest > 0) yield `    and ${rest} more ${ELSEWHERE}`
}

function placeOf(found: Case): string {
  const target = found.target === null ? '' : `  at ${printable(found.target)}`
  return `${nameOf(found)}  ${printable(found.source)}${target}`
}
