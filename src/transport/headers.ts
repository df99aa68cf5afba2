import { uuid } from '../lib/hash.ts'
import type { Send } from '../model/http.ts'

/** Adds who is asking and a trace id that stays the same over retries; what the target itself sets wins. */
export function identify(agent: string): (next: Send) => Send {
  return next => request =>
    next({
      ...request,
      headers: {
        'x-request-id': uuid(),
        'user-agent': agent,
        accept: 'application/json',
        ...request.headers,
      },
    })
}
