import type { Clock } from '../../lib/clock.ts'
import { duration } from '../../lib/text.ts'
import { AssetsyncError, FeedError } from '../../model/errors.ts'

export interface Patience {
  /** Milliseconds without a single byte. */
  readonly idleMs: number
  /** Milliseconds from the first connection to the last byte. */
  readonly totalMs: number
  readonly clock: Clock
  /** Ends it at once; a number as its reason is the exit code. */
  readonly stop: AbortSignal
}

/** Watches over a download: its signal aborts, with the error to throw as the reason, when patience is over. */
export class Watch {
  readonly #controller = new AbortController()
  readonly #name: string
  readonly #patience: Patience
  readonly #cancelTotal: () => void
  #cancelIdle = (): void => undefined

  constructor(name: string, patience: Patience) {
    this.#name = name
    this.#patience = patience
    const { clock, totalMs, stop } = patience
    this.#cancelTotal = clock.after(totalMs, () => this.#controller.abort(tooSlow(name, totalMs)))
    if (stop.aborted) this.#stop()
    stop.addEventListener('abort', this.#stop, { once: true })
  }

  get signal(): AbortSignal {
    return this.#controller.signal
  }

  /** Something was asked for, or a part of it came: the next byte may take its time from now on. */
  heard(): void {
    const { clock, idleMs } = this.#patience
    this.#cancelIdle()
    this.#cancelIdle = clock.after(idleMs, () => this.#controller.abort(silent(this.#name, idleMs)))
  }

  end(): void {
    this.#cancelTotal()
    this.#cancelIdle()
    this.#patience.stop.removeEventListener('abort', this.#stop)
  }

  readonly #stop = (): void => this.#controller.abort(interrupted(this.#name, this.#patience.stop))
}

function silent(name: string, ms: number): FeedError {
  return new FeedError(`${name}: the server sent nothing for ${duration(ms)}`, {
    fix: 'Try again later, or wait longer with --timeout.',
  })
}

function tooSlow(name: string, ms: number): FeedError {
  return new FeedError(`${name}: the download was not complete within ${duration(ms)}`, {
    fix: 'Try again when the connection is faster, or download it by other means and name the file.',
  })
}

function interrupted(name: string, { reason }: AbortSignal): AssetsyncError {
  const exit = typeof reason === 'number' ? reason : 130
  return new AssetsyncError(exit, `Interrupted while ${name} was downloaded: nothing was sent.`, {
    fix: 'Run again when you are ready.',
  })
}
