import type { Clock } from '../lib/clock.ts'
import { ImageFault } from './fault.ts'

/** Before the second and the third attempt, in milliseconds. */
const PAUSES = [500, 2000]
/** Rather gives up than knocks before the time that the server named. */
const LONGEST_PAUSE = 30_000

/**
 * Tries again, twice, what may pass; then throws the last fault, with the number of attempts in its words. Waits no longer
 * once everything stops: the next attempt says so.
 */
export async function withRetries<T>(clock: Clock, stop: AbortSignal, attempt: () => Promise<T>): Promise<T> {
  for (let attempts = 1; ; attempts++) {
    try {
      return await attempt()
    } catch (error) {
      if (!(error instanceof ImageFault)) throw error
      const pause = pauseAfter(error, attempts)
      if (pause === null) throw attempts === 1 ? error : after(error, attempts)
      await clock.sleep(pause, stop)
    }
  }
}

/** Milliseconds to wait, or null when there shall be no further attempt. */
function pauseAfter({ mayPass, retryAfter }: ImageFault, attempts: number): number | null {
  const pause = PAUSES[attempts - 1]
  if (!mayPass || pause === undefined) return null
  const asked = Math.max(pause, retryAfter ?? 0)
  return asked > LONGEST_PAUSE ? null : asked
}

function after(fault: ImageFault, attempts: number): ImageFault {
  return new ImageFault(fault.reason, `${fault.message} (${attempts} attempts)`, { ...fault, cause: fault.cause })
}
