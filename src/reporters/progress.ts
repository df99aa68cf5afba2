import type { Clock } from '../lib/clock.ts'
import type { Listen, RunEvent } from '../model/event.ts'
import { applyEvent, newRunState } from './live/apply-event.ts'
import { createBeat } from './live/beat.ts'
import { eventLine, type Talk } from './live/event-lines.ts'
import { heartbeat } from './live/heartbeat.ts'
import { createScreen } from './live/screen.ts'
import type { RunState } from './live/state.ts'
import { viewLines } from './live/view.ts'

export interface ProgressOptions extends Talk {
  /** True where `stream` is a terminal: a live view instead of lines every ten seconds. */
  readonly terminal: boolean
  readonly color: boolean
  /** False: symbols are ASCII. @default true */
  readonly unicode?: boolean
  /** What is done with targets. @default 'Sending to' */
  readonly activity?: string
  /** Writes text to standard error. */
  readonly write: (text: string) => void
  /** Standard error itself, for the live view. */
  readonly stream: NodeJS.WritableStream & { readonly columns?: number; readonly rows?: number }
  readonly clock: Clock
}

/** Tells a run while it goes on. `stop` clears the live view and ends all timers; it may be called twice. */
export interface Progress {
  readonly listen: Listen
  /** The run was asked to stop and ends what is under way. */
  stopping(): void
  stop(): void
}

/** Where lines and the present state are shown. */
interface Display {
  say(line: string): void
  /** The state has changed; `isImportant`: what goes on now is something else than before. */
  changed(isImportant: boolean): void
  stop(): void
}

const HEARTBEAT_MS = 10_000
const NOTHING = (): void => undefined

/** Quiet: only targets that stop. A run shorter than ten seconds is silent where there is no terminal. */
export function createProgress(options: ProgressOptions): Progress {
  const { clock, color, unicode = true, activity = 'Sending to' } = options
  const state = newRunState(clock.now(), activity)
  const display = displayFor(options, state)
  return {
    listen(event) {
      const { phase } = state
      applyEvent(state, event, clock.now())
      const line = eventLine(event, options, { color, unicode })
      if (line !== null) display.say(line)
      display.changed(line === null && (phase !== state.phase || isTurn(event)))
    },
    stopping() {
      state.isStopping = true
      display.changed(true)
    },
    stop: () => display.stop(),
  }
}

/** Planning leaves no time between two targets. */
function isTurn({ type }: RunEvent): boolean {
  return type === 'planned'
}

function displayFor(options: ProgressOptions, state: RunState): Display {
  const { clock, write, stream, quiet, terminal, unicode = true } = options
  const say = (line: string): void => write(`${line}\n`)
  if (quiet) return { say, changed: NOTHING, stop: NOTHING }
  // Terminals that do not know their width say 0; nothing can be kept in place there.
  if (terminal && stream.columns !== 0) {
    return createScreen({ ...options, unicode }, frame => viewLines(state, clock.now(), frame))
  }
  const beat = createBeat({ unicode })
  const beats = heartbeat(clock, HEARTBEAT_MS, () => beat(state, clock.now()).forEach(say))
  return { say, changed: () => beats.check(), stop: () => beats.stop() }
}
