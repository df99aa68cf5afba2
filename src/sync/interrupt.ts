import { AssetsyncError } from '../model/errors.ts'

/** The end of a run that was interrupted before anything could be sent. `doing`: what it was at; default: reading. */
export function interrupted(stop: AbortSignal, doing = 'reading'): AssetsyncError {
  const exit = typeof stop.reason === 'number' ? stop.reason : 130
  return new AssetsyncError(exit, `Interrupted while ${doing}: nothing was sent.`, {
    fix: 'Run it again when you are ready.',
  })
}

/** The same values, until the signal aborts: then the error, also while the source keeps everybody waiting. */
export async function* untilStopped<T>(source: AsyncIterable<T>, stop: AbortSignal): AsyncGenerator<T> {
  const stopped = new Promise<never>((_, reject) => {
    if (stop.aborted) reject(interrupted(stop))
    stop.addEventListener('abort', () => reject(interrupted(stop)), { once: true })
  })
  stopped.catch(() => undefined) // when nobody is waiting any more
  const values = source[Symbol.asyncIterator]()
  for (;;) {
    const next = await Promise.race([values.next(), stopped])
    if (next.done) return
    yield next.value
  }
}
