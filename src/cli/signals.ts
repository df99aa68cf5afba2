import { constants } from 'node:os'
import { systemClock } from '../lib/clock.ts'
import type { Io } from './io.ts'

/** How long requests under way may still take after the first interrupt. */
const DRAIN_MS = 10_000

export interface Interrupts {
  /** Aborted by the first interrupt; the reason is the exit code. */
  readonly stop: AbortSignal
  /** Aborted when draining has taken too long. */
  readonly abort: AbortSignal
  release(): void
}

/**
 * The first interrupt stops new work and lets what is under way end; the second leaves at once. The ledger bears both.
 *
 * @param farewell what is said then
 */
export function listenForInterrupts(io: Io, say: (text: string) => void, farewell: string): Interrupts {
  const stop = new AbortController()
  const abort = new AbortController()
  let cancel = (): void => undefined
  const off = io.onSignal(signal => {
    if (stop.signal.aborted) {
      off()
      say(`${farewell}\n`)
      io.raise(signal)
      return
    }
    say(
      `Stopping: no new request starts; those under way may take up to ${DRAIN_MS / 1000} s. Interrupt again to leave at once.\n`,
    )
    stop.abort(128 + constants.signals[signal])
    cancel = systemClock.after(DRAIN_MS, () => abort.abort())
  })
  return {
    stop: stop.signal,
    abort: abort.signal,
    release() {
      off()
      cancel()
    },
  }
}
