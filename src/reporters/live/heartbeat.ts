import type { Clock } from '../../lib/clock.ts'

/** Calls `beat` every `ms` from now on, until the returned function is called. */
export function heartbeat(clock: Clock, ms: number, beat: () => void): () => void {
  let cancel = clock.after(ms, next)
  function next(): void {
    cancel = clock.after(ms, next)
    beat()
  }
  return () => cancel()
}
