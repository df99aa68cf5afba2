import type { Ora } from 'ora'
import type { Clock } from '../../lib/clock.ts'
import { wrap } from '../text/width.ts'
import type { Frame } from './frame.ts'
import { heartbeat } from './heartbeat.ts'
import { liveStream } from './live-stream.ts'

/** Lines at the end of a terminal that change in place. What is said goes above them. */
export interface Screen {
  say(line: string): void
  /** Something has changed; cheap, because most changes wait for the next frame. */
  changed(isImportant: boolean): void
  /** Takes the lines away. May be called twice. */
  stop(): void
}

export interface ScreenOptions {
  readonly color: boolean
  readonly unicode: boolean
  /** Writes text to the terminal. */
  readonly write: (text: string) => void
  /** The terminal itself. */
  readonly stream: NodeJS.WritableStream & { readonly columns?: number; readonly rows?: number }
  readonly clock: Clock
}

const FRAME_MS = 100
/** Timers do not ring while a feed is read or planned; then events are what keeps the view alive. */
const STALE_MS = 200
const UNICODE_FRAMES = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏']
const ASCII_FRAMES = ['-', '\\', '|', '/']
const TAKE_AWAY = '\r\u001b[K'
const INDENT = '    '
const USUAL = { columns: 80, rows: 24 }

/** The first line is there at once; nothing waits for the spinner, whose package may take longer to load than the run. */
export function createScreen(options: ScreenOptions, lines: (frame: Frame) => readonly string[]): Screen {
  const { clock, stream, write, color, unicode } = options
  const frames = unicode ? UNICODE_FRAMES : ASCII_FRAMES
  const live = liveStream(stream)
  let spinner: Ora | null = null
  let isStopped = false
  let drawnAt = clock.now()

  const current = () =>
    lines({ color, unicode, columns: stream.columns ?? USUAL.columns, rows: stream.rows ?? USUAL.rows })
  const drawFirst = (): void => write(`${TAKE_AWAY}${frames[0]} ${current()[0] ?? ''}\r`)

  function update(): void {
    drawnAt = clock.now()
    if (spinner !== null) spinner.text = current().join('\n')
  }

  function draw(): void {
    update()
    if (spinner === null) drawFirst()
    else spinner.render()
  }

  function resized(): void {
    spinner?.clear()
    live.rewrap()
    draw()
  }

  async function start(): Promise<void> {
    const { default: ora } = await import('ora')
    if (isStopped) return
    write(TAKE_AWAY)
    spinner = ora({
      stream: live.stream,
      isEnabled: true,
      text: current().join('\n'),
      spinner: { frames, interval: FRAME_MS },
      color: color ? 'cyan' : false, // said either way: the package does not look at NO_COLOR
      hideCursor: false, // would install signal handlers, which are the business of the command line
      discardStdin: false, // would put standard input into raw mode
    }).start()
  }

  drawFirst()
  const frameBeat = heartbeat(clock, FRAME_MS, update)
  stream.on('resize', resized)
  start().catch(() => undefined) // a run does not depend on its spinner

  return {
    changed(isImportant) {
      if (!isStopped && (isImportant || clock.now() - drawnAt >= STALE_MS)) draw()
    },
    say(line) {
      if (spinner === null && !isStopped) write(TAKE_AWAY)
      spinner?.clear()
      for (const each of line.split('\n')) write(`${wrapped(each, (stream.columns ?? USUAL.columns) - 1)}\n`)
      if (!isStopped) draw()
    },
    stop() {
      if (isStopped) return
      isStopped = true
      frameBeat.stop()
      stream.off('resize', resized)
      if (spinner === null) write(TAKE_AWAY)
      spinner?.stop()
      spinner = null
    },
  }
}

function wrapped(line: string, columns: number): string {
  return wrap(line, columns, columns - INDENT.length).join(`\n${INDENT}`)
}
