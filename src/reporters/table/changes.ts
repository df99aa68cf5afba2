import { printable } from '../../lib/text.ts'
import type { Changes } from '../../model/step.ts'
import type { Look } from '../reporter.ts'
import { marks, paintAs } from '../style.ts'

interface Line {
  readonly rank: number
  readonly text: string
}

/** How a gallery changes, in the order of its ranks: images that go, images that move, images that come. */
export function* changeLines(changes: Changes, look: Look): Generator<string> {
  const { arrow } = marks(look)
  const lines: Line[] = [
    ...changes.removed.map(({ rank, url }) => line(rank, paintAs(look, 'deleted', `- rank ${rank}`), url)),
    ...changes.moved.map(({ from, to, url }) =>
      line(to, paintAs(look, 'update', `  rank ${from} ${arrow} ${to}`), url),
    ),
    ...changes.added.map(({ rank, url }) => line(rank, paintAs(look, 'create', `+ rank ${rank}`), url)),
  ]
  for (const { text } of lines.sort((a, b) => a.rank - b.rank)) yield text
  if (changes.other) yield '      other values change'
}

function line(rank: number, change: string, url: string): Line {
  return { rank, text: `    ${change}  ${printable(url)}` }
}
