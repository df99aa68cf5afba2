import { printable } from '../../../lib/text.ts'
import type { Changes } from '../../../model/step.ts'
import type { Look } from '../../reporter.ts'
import { marks, paintAs, type Word } from '../../style.ts'
import { widthOf } from '../../text/width.ts'
import { addressText } from './address.ts'

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
      .map(({ rank, url }) => line(rank, 'deleted', `- rank ${rank}`, url, look)),
    ...moved.map(({ from, to, url }) => line(to, 'update', `  rank ${from} ${arrow} ${to}`, url, look)),
    ...added.map(({ rank, url }) => {
      const before = went.get(rank)
      if (before !== undefined) return replaced(rank, before, url, look)
      return line(rank, 'create', `+ rank ${rank}`, url, look)
    }),
  ]
  for (const { lines } of all.sort((a, b) => a.rank - b.rank)) yield* lines
  if (other) yield '      other values change'
}

function line(rank: number, word: Word, change: string, url: string, look: Look): Change {
  const address = addressText(url, INDENT.length + change.length + 2, look)
  return { rank, lines: [`${INDENT}${paintAs(look, word, change)}  ${address}`] }
}

/** On two lines, with the new address below the old one, where one is too short for both. */
function replaced(rank: number, before: string, after: string, look: Look): Change {
  const { arrow } = marks(look)
  const label = `~ rank ${rank}`
  const start = `${INDENT}${paintAs(look, 'update', label)}  `
  const [from, to] = [printable(before), printable(after)]
  const width = INDENT.length + label.length + 2 + widthOf(`${from} ${arrow} ${to}`)
  if (width <= look.width) return { rank, lines: [`${start}${from} ${arrow} ${to}`] }
  const below = ' '.repeat(INDENT.length + label.length - arrow.length)
  const column = INDENT.length + label.length + 2
  return {
    rank,
    lines: [start + addressText(before, column, look), `${below}${arrow}  ${addressText(after, column, look)}`],
  }
}
