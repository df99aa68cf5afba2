import { printable } from '../../../lib/text.ts'
import type { Changes } from '../../../model/step.ts'
import type { Look } from '../../reporter.ts'
import { marks, paintAs } from '../../style.ts'
import { widthOf } from '../../text/width.ts'

interface Change {
  readonly rank: number
  readonly lines: readonly string[]
}

const INDENT = '    '

/** How a gallery changes, in the order of its ranks: images that go, move, take the place of others, and come. */
export function* changeLines(changes: Changes, look: Look): Generator<string> {
  const { added, removed, moved, other } = changes
  const { arrow } = marks(look)
  const came = new Map(added.map(({ rank, url }) => [rank, url]))
  const went = new Map(removed.map(({ rank, url }) => [rank, url]))
  const all: Change[] = [
    ...removed
      .filter(({ rank }) => !came.has(rank))
      .map(({ rank, url }) => line(rank, paintAs(look, 'deleted', `- rank ${rank}`), url)),
    ...moved.map(({ from, to, url }) => line(to, paintAs(look, 'update', `  rank ${from} ${arrow} ${to}`), url)),
    ...added.map(({ rank, url }) => {
      const before = went.get(rank)
      if (before !== undefined) return replaced(rank, before, url, look)
      return line(rank, paintAs(look, 'create', `+ rank ${rank}`), url)
    }),
  ]
  for (const { lines } of all.sort((a, b) => a.rank - b.rank)) yield* lines
  if (other) yield '      other values change'
}

function line(rank: number, change: string, url: string): Change {
  return { rank, lines: [`${INDENT}${change}  ${printable(url)}`] }
}

/** On two lines, with the new address below the old one, where one is too short for both. */
function replaced(rank: number, before: string, after: string, look: Look): Change {
  const { arrow } = marks(look)
  const label = `~ rank ${rank}`
  const start = `${INDENT}${paintAs(look, 'update', label)}  `
  const [from, to] = [printable(before), printable(after)]
  const width = INDENT.length + label.length + 2 + widthOf(`${from} ${arrow} ${to}`)
  if (width <= look.width) return { rank, lines: [`${start}${from} ${arrow} ${to}`] }
  const below = ' '.repeat(INDENT.length + label.length + 1 - arrow.length)
  return { rank, lines: [`${start}${from}`, `${below}${arrow}  ${to}`] }
}
