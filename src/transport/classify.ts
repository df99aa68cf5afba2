import type { Clock } from '../lib/clock.ts'
import { Fault, type FaultKind } from '../model/fault.ts'
import type { HttpResponse, Send } from '../model/http.ts'
import { retryAfter } from './retry-after.ts'

/** What a target says an answer means. */
export type Read = (response: HttpResponse) => {
  readonly kind: 'answer' | FaultKind
  readonly message: string
  readonly requestId: string | null
}

/** Lets only real answers through; everything else becomes the fault that the target says it is. */
export function classify(read: Read, clock: Clock): (next: Send) => Send {
  return next => async request => {
    const response = await next(request)
    const { kind, message, requestId } = read(response)
    if (kind === 'answer') return response
    throw new Fault(kind, message, {
      http: response.status,
      requestId,
      retryAfter: retryAfter(response.headers, clock.wall()),
      attempts: 1,
    })
  }
}
