import { stripVTControlCharacters } from 'node:util'
import { widthOf } from '../text/width.ts'

/** Lines on a terminal that are drawn over with every frame. */
export interface LiveStream {
  /** All of what is drawn passes through here. */
  readonly stream: NodeJS.WritableStream
  /** Moves to where the frame begins although the terminal has become narrower and has broken its lines. */
  rewrap(): void
}

const BEGIN = '\u001b[?2026h'
const END = '\u001b[?2026l'

/** What a terminal can do beyond being written to. */
interface Screen {
  readonly columns?: number
  readonly rows?: number
}

/**
 * A stream that gives the terminal each frame in one write, so that nothing flickers where it does not know synchronized
 * output, and leaves the cursor at the start of the last line, where it does not move about. It is not hidden: a run that is
 * killed could not show it again.
 */
export function liveStream(terminal: NodeJS.WritableStream & Screen): LiveStream {
  const write = terminal.write.bind(terminal) // before anybody listens in on it
  let frame: string[] | null = null
  let drawn = ''

  function take(text: string): boolean {
    if (text === BEGIN) frame = []
    if (frame === null) return write(text)
    frame.push(text)
    if (text !== END) return true
    const [whole, body] = [frame.join(''), frame.at(-2) ?? '']
    frame = null
    drawn = body
    return write(`${whole.slice(0, -END.length)}\r${END}`)
  }

  return {
    stream: Object.create(terminal, {
      write: { value: take, writable: true },
      isTTY: { value: true },
      columns: { get: () => terminal.columns ?? 80 },
      rows: { get: () => terminal.rows },
      cursorTo: { value: (column: number) => take(`\u001b[${column + 1}G`) },
      moveCursor: { value: (_: number, down: number) => down < 0 && take(`\u001b[${-down}A`) },
      clearLine: { value: () => take('\u001b[K') },
      once: { value: terminal.once.bind(terminal) },
      removeListener: { value: terminal.removeListener.bind(terminal) },
    }),
    rewrap() {
      const above = stripVTControlCharacters(drawn).split('\n').slice(0, -1)
      const broken = above.reduce((sum, line) => sum + rowsOf(line, terminal.columns ?? 80) - 1, 0)
      write(`${broken > 0 ? `\u001b[${broken}A` : ''}\u001b[J`)
      drawn = ''
    },
  }
}

function rowsOf(line: string, columns: number): number {
  return Math.max(1, Math.ceil(widthOf(line) / Math.max(1, columns)))
}
