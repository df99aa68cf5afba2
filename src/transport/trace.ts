import type { Clock } from '../lib/clock.ts'
import { Fault } from '../model/fault.ts'
import type { Send } from '../model/http.ts'
import type { Read } from './classify.ts'

/** One request and what came of it, for the journal. */
export interface Attempted {
  /** Number of the batch that it was for, or null. */
  readonly batch: number | null
  /** When it was started: milliseconds since the epoch. */
  readonly at: number
  readonly http: number | null
  readonly requestId: string | null
  /** Why it was not enough, or null. */
  readonly reason: string | null
  readonly message: string | null
}

/** Tells of every request that comes this far, retries included, once it has ended. */
export function trace(read: Read, clock: Clock, tell: (attempted: Attempted) => void): (next: Send) => Send {
  return next => async request => {
    const started = { batch: request.batch ?? null, at: clock.wall() }
    try {
      const response = await next(request)
      const { requestId } = read(response)
      tell({ ...started, http: response.status, requestId, reason: null, message: null })
      return response
    } catch (error) {
      if (error instanceof Fault) {
        const { http, requestId, reason, message } = error
        tell({ ...started, http, requestId, reason, message })
      }
      throw error
    }
  }
}
