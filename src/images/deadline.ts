import type { Clock } from '../lib/clock.ts'
import { duration } from '../lib/text.ts'
import { ImageFault } from './fault.ts'

export interface Limits {
  /** Milliseconds. */
  readonly timeoutMs: number
  readonly clock: Clock
  /** Nothing goes on when it aborts. */
  readonly stop: AbortSignal
}

/** Runs the work with a signal that aborts, with an ImageFault as its reason, when time is up or everything stops. */
export async function withDeadline<T>(limits: Limits, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const { timeoutMs, clock, stop } = limits
  const controller = new AbortController()
  const end = (): void =>
    controller.abort(new ImageFault('image-unreachable', 'the run stopped before it was complete'))
  const cancel = clock.after(timeoutMs, () =>
    controller.abort(new ImageFault('image-timeout', `it was not complete within ${duration(timeoutMs)}`)),
  )
  if (stop.aborted) end()
  stop.addEventListener('abort', end, { once: true })
  try {
    return await work(controller.signal)
  } finally {
    cancel()
    stop.removeEventListener('abort', end)
  }
}
