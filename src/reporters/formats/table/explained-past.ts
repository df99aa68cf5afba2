import { printable } from '../../../lib/text.ts'
import type { ItemInRun } from '../../../model/history.ts'
import type { Look } from '../../reporter.ts'
import { badge, marks } from '../../style.ts'
import { INDENT } from './explained-lines.ts'
import { timeOf } from './when.ts'

const MOST = 5

/** What earlier runs made of an item, the newest first; runs in a row that left it as it was are one line. */
export function* pastLines(history: readonly ItemInRun[], look: Look): Generator<string> {
  const groups = grouped(history)
  const shown = look.verbose ? groups : groups.slice(0, MOST)
  for (const [at, group] of shown.entries())
    yield `${INDENT}${at === 0 ? 'before' : '      '}  ${groupWords(group, look)}`
  const rest = groups.slice(shown.length).reduce((sum, { length }) => sum + length, 0)
  if (rest > 0) yield `${INDENT}        and ${rest} more (--verbose lists them all)`
}

type Group = readonly [ItemInRun, ...ItemInRun[]]

function grouped(history: readonly ItemInRun[]): Group[] {
  const groups: [ItemInRun, ...ItemInRun[]][] = []
  for (const each of history) {
    const last = groups.at(-1)
    const isSame = last?.[0].outcome.status === 'unchanged' && each.outcome.status === 'unchanged'
    if (isSame) last?.push(each)
    else groups.push([each])
  }
  return groups
}

function groupWords(group: Group, look: Look): string {
  const [newest] = group
  const { run, command, startedAt, outcome } = newest
  const mark = badge(look, outcome.status)
  if (group.length > 1) {
    const oldest = group.at(-1) ?? newest
    return `${mark}  ${group.length} ${marks(look).times}, ${timeOf(oldest.startedAt)} to ${timeOf(startedAt)}`
  }
  const why = outcome.reason === null ? '' : `  ${outcome.reason}`
  return `${mark}  ${printable(`by ${command} ${run}, ${timeOf(startedAt)}${why}`)}`
}
