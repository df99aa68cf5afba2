import type { Clock } from '../lib/clock.ts'
import { retryAfter } from '../lib/retry-after.ts'
import { Fault, type FaultKind } from '../model/fault.ts'
import type { HttpResponse, Send } from '../model/http.ts'
import { quotaReset } from './rate-limit.ts'

/** What a target says an answer means. */
export type Read = (response: HttpResponse) => Reading

interface Reading {
  readonly kind: 'answer' | FaultKind
  readonly message: string
  readonly requestId: string | null
}

/**
 * Lets only real answers through; everything else becomes the fault that the target says it is. A redirect is never an answer:
 * who follows one sends the credentials to somebody else, or turns a write into a read that succeeds.
 */
export function classify(read: Read, clock: Clock): (next: Send) => Send {
  return next => async request => {
    const response = await next(request)
    const { kind, message, requestId } = isRedirect(response) ? elsewhere(response, request.url) : read(response)
    if (kind === 'answer') return response
    throw new Fault(kind, message, {
      http: response.status,
      requestId,
      retryAfter:
        retryAfter(response.headers, clock.wall()) ?? (kind === 'throttled' ? quotaReset(response.headers) : null),
      attempts: 1,
    })
  }
}

function isRedirect({ status }: HttpResponse): boolean {
  return status >= 300 && status < 400
}

/** Names where it leads without the query, which may hold secrets. */
function elsewhere({ headers: { location = '' } }: HttpResponse, from: string): Reading {
  const to = location !== '' && URL.canParse(location, from) ? new URL(location, from) : null
  const goal =
    to === null ? 'redirects' : `redirects to ${to.origin === 'null' ? to.protocol : to.origin + to.pathname}`
  const message = `${new URL(from).host} ${goal}; redirects are not followed`
  return { kind: 'endpoint', message, requestId: null }
}
