import { fill } from './paragraphs.ts'

const GAP = 2
/** A first column that is wider than this has its text in the next line. */
const WIDEST_FIRST = 34

/** Rows of a name and its explanation, filled to the width. */
export function columns(rows: readonly (readonly [string, string])[], width: number): string {
  const first = Math.min(Math.max(...rows.map(([name]) => name.length)), WIDEST_FIRST)
  const indent = ' '.repeat(first + 2 * GAP)
  return rows
    .map(([name, text]) => {
      const lines = fill(text, Math.max(width - indent.length, 20)).replaceAll('\n', `\n${indent}`)
      const head = `${' '.repeat(GAP)}${name.padEnd(first + GAP)}`
      return name.length > first ? `${head.trimEnd()}\n${indent}${lines}` : `${head}${lines}`
    })
    .join('\n')
}
