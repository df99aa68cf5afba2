/** Time as a value, so that tests can own it. */
export interface Clock {
  /** Milliseconds since the epoch, for reports. */
  wall(): number
  /** Milliseconds that only ever go forward, for waiting and measuring. */
  now(): number
  /** Resolves after `ms`, or at once when the signal aborts. Never rejects. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>
  /** Calls `then` after `ms` unless cancelled. */
  after(ms: number, then: () => void): () => void
}

/** Lets everything be done that waits for its turn, such as signals; for work that takes long without waiting itself. */
export function nextTurn(): Promise<void> {
  return new Promise(resolve => setImmediate(resolve))
}

/** The longest wait a timer can hold; beyond it Node fires at once. */
const LONGEST_MS = 2 ** 31 - 1

export const systemClock: Clock = {
  wall: () => Date.now(),
  now: () => performance.now(),
  sleep: (ms, signal) =>
    new Promise(resolve => {
      if (signal?.aborted) return resolve()
      const cancel = systemClock.after(ms, done)
      signal?.addEventListener('abort', done, { once: true })
      function done(): void {
        cancel()
        signal?.removeEventListener('abort', done)
        resolve()
      }
    }),
  after: (ms, then) => {
    const timer = setTimeout(then, Math.min(Math.max(0, ms), LONGEST_MS))
    return () => clearTimeout(timer)
  },
}
