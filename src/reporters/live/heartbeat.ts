import type { Clock } from '../../lib/clock.ts'

/** Something that is due again and again. */
export interface Heartbeat {
  /** Beats if it is time: no timer rings while the event loop is held up. */
  check(): void
  stop(): void
}

/** Calls `beat` every `ms` from now on, until it is stopped. */
export function heartbeat(clock: Clock, ms: number, beat: () => void): Heartbeat {
  let last = clock.now()
  let cancel = clock.after(ms, next)
  let isStopped = false
  function next(): void {
    cancel()
    last = clock.now()
    cancel = clock.after(ms, next)
    beat()
  }
  return {
    check() {
      if (!isStopped && clock.now() - last >= ms) next()
    },
    stop() {
      isStopped = true
      cancel()
    },
  }
}
