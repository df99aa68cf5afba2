import type { Redact } from '../lib/redact.ts'
import { Fault } from '../model/fault.ts'
import type { Send } from '../model/http.ts'

/** Servers echo what they were sent. Nothing that comes back is seen by anybody before the secrets are out of it. */
export function mask(redact: Redact): (next: Send) => Send {
  return next => async request => {
    try {
      const response = await next(request)
      const headers = Object.fromEntries(Object.entries(response.headers).map(([name, value]) => [name, redact(value)]))
      return { ...response, headers, body: redact(response.body) }
    } catch (error) {
      if (!(error instanceof Fault)) throw error
      throw new Fault(error.kind, redact(error.message), { ...error }) // without the cause, which may hold the request
    }
  }
}
