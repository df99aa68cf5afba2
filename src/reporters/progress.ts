import type { Ora } from 'ora'
import type { Clock } from '../lib/clock.ts'
import type { Listen } from '../model/event.ts'
import { eventLine, type Talk } from './event-lines.ts'
import { heartbeat } from './heartbeat.ts'
import { applyEvent, newRunState, statusText } from './run-state.ts'
import { marks } from './style.ts'
import { shorten } from './width.ts'

export interface ProgressOptions extends Talk {
  /** True where `stream` is a terminal: a live line instead of one every ten seconds. */
  readonly terminal: boolean
  readonly color: boolean
  /** False: symbols are ASCII. @default true */
  readonly unicode?: boolean
  /** Writes text to standard error. */
  readonly write: (text: string) => void
  /** Standard error itself, for the live line. */
  readonly stream: NodeJS.WritableStream
  readonly clock: Clock
}

/** Tells a run while it goes on. `stop` clears the live line and ends all timers; it may be called twice. */
export interface Progress {
  readonly listen: Listen
  stop(): void
}

/** Where lines and the present state are shown. */
interface Display {
  say(line: string): void
  /** The state has changed. */
  refresh(): void
  stop(): void
}

const HEARTBEAT_MS = 10_000
/** Often enough for a countdown of seconds. */
const REFRESH_MS = 1_000
/** The spinner, a space, and the last column, where some terminals break the line. */
const SPINNER_WIDTH = 3

/** Quiet: only targets that stop. A run shorter than ten seconds is silent where there is no terminal. */
export function createProgress(options: ProgressOptions): Progress {
  const { clock, color, unicode = true } = options
  const look = { color, unicode }
  const state = newRunState()
  const display = displayFor(options, () => statusText(state, clock.now(), look))
  return {
    listen: event => {
      applyEvent(state, event, clock.now())
      const line = eventLine(event, options, look)
      display.refresh()
      if (line !== null) display.say(line)
    },
    stop: () => display.stop(),
  }
}

function displayFor(options: ProgressOptions, status: () => string): Display {
  if (options.quiet) return { say: line => options.write(`${line}\n`), refresh: () => undefined, stop: () => undefined }
  const width = columnsOf(options.stream)
  return options.terminal && width() > 0 ? spinning(options, width, status) : beating(options, status)
}

/** Terminals that do not know their width say 0. The spinner would not survive that. */
function columnsOf(stream: NodeJS.WritableStream): () => number {
  return () => ('columns' in stream && typeof stream.columns === 'number' ? stream.columns : 80)
}

function beating({ write, clock }: ProgressOptions, status: () => string): Display {
  const stop = heartbeat(clock, HEARTBEAT_MS, () => write(`${status()}\n`))
  return { say: line => write(`${line}\n`), refresh: () => undefined, stop }
}

/** Nothing waits for the spinner: loading its package may take longer than the run. */
function spinning(options: ProgressOptions, width: () => number, status: () => string): Display {
  const { clock, stream, write, color, unicode = true } = options
  let spinner: Ora | null = null
  let isStopped = false
  const text = () => shorten(status(), width() - SPINNER_WIDTH, marks({ unicode }).ellipsis)
  const refresh = () => {
    if (spinner) spinner.text = text()
  }
  const stopTicks = heartbeat(clock, REFRESH_MS, refresh)

  async function start(): Promise<void> {
    const { default: ora } = await import('ora')
    if (isStopped) return
    spinner = ora({
      stream,
      isEnabled: true,
      text: text(),
      spinner: unicode ? 'dots' : 'line',
      color: color ? 'cyan' : false, // said either way: the package does not look at NO_COLOR
      hideCursor: false, // would install signal handlers, which are the business of the command line
      discardStdin: false, // would put standard input into raw mode
    }).start()
  }
  start().catch(() => undefined) // a run does not depend on its spinner

  return {
    refresh,
    say: line => {
      spinner?.clear()
      write(`${line}\n`)
      spinner?.render()
    },
    stop: () => {
      isStopped = true
      stopTicks()
      spinner?.stop()
      spinner = null
    },
  }
}
