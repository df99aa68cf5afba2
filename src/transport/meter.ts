import type { Clock } from '../lib/clock.ts'
import { Fault } from '../model/fault.ts'
import type { HttpRequest, Send } from '../model/http.ts'

/** What a target's requests have cost so far. */
export interface Meter {
  requests: number
  retries: number
  throttled: number
  bytesSent: number
}

export type Seen = (request: HttpRequest, http: number | null, durationMs: number) => void

/** Counts every request that starts, retries included, and every answer that refuses it as too fast. */
export function meter(totals: Meter, clock: Clock, seen: Seen): (next: Send) => Send {
  return next => async request => {
    const startedAt = clock.now()
    totals.requests++
    totals.bytesSent += request.body?.byteLength ?? 0
    try {
      const response = await next(request)
      seen(request, response.status, clock.now() - startedAt)
      return response
    } catch (error) {
      if (error instanceof Fault && error.kind === 'throttled') totals.throttled++
      seen(request, error instanceof Fault ? error.http : null, clock.now() - startedAt)
      throw error
    }
  }
}
