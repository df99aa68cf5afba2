import { Writable } from 'node:stream'

/** The spinner turns by a clock of its own. */
const TURNING = /^[⠙⠹⠸⠼⠴⠦⠧⠇⠏]/
const ESCAPE = '\u001b'
const MOVES = new RegExp(`${ESCAPE}\\[\\??(\\d*)([A-Za-z])|[^]`, 'gu')

/** A terminal that shows what a person would see: it knows the few ways of moving that are used here. */
export function fakeTerminal(columns: number, rows = 24) {
  let [lines, row, column, written]: [string[], number, number, string] = [[''], 0, 0, '']
  const put = (character: string): void => {
    const line = (lines[row] ?? '').padEnd(column)
    lines[row] = line.slice(0, column) + character + line.slice(column + character.length)
    column += character.length
  }
  const control = (count: number, letter: string): void => {
    if (letter === 'G') column = count - 1
    if (letter === 'A') row = Math.max(0, row - count)
    if (letter === 'K') lines[row] = (lines[row] ?? '').slice(0, column)
    if (letter === 'J') lines = [...lines.slice(0, row), (lines[row] ?? '').slice(0, column)]
  }
  const stream = new Writable({
    decodeStrings: false,
    write(chunk: string, _encoding, done) {
      written += chunk
      for (const [part, count = '', letter = ''] of chunk.matchAll(MOVES)) {
        if (letter !== '') control(Number(count || 1), letter)
        else if (part === '\r') column = 0
        else if (part === '\n') [row, column] = [row + 1, 0]
        else put(part)
        lines[row] ??= ''
      }
      done()
    },
  })
  return Object.assign(stream, {
    isTTY: true,
    columns,
    rows,
    /** What is on the screen, without blank lines at its end. */
    shown: () =>
      lines
        .map(line => line.trimEnd().replace(TURNING, '⠋'))
        .join('\n')
        .trimEnd(),
    written: () => written,
    cursor: () => ({ row, column }),
  })
}
