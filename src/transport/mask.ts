import { type Redact, redactor } from '../lib/redact.ts'
import { Fault } from '../model/fault.ts'
import type { Send } from '../model/http.ts'

/** Headers whose value proves who is asking. */
const CREDENTIALS = ['authorization', 'x-api-key']

/**
 * Servers echo what they were sent. Nothing that comes back is seen by anybody before the secrets are out of it: those of the
 * config, and those that the request itself carried, which may be a token that was given out a moment ago.
 */
export function mask(redactConfigured: Redact): (next: Send) => Send {
  return next => async request => {
    const redactSent = redactor([...credentialsIn(request.headers), ...(request.secrets ?? [])])
    const redact: Redact = text => redactSent(redactConfigured(text))
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

/** What stands after the scheme: "Bearer abc" holds the secret "abc". */
function credentialsIn(headers: Readonly<Record<string, string>>): string[] {
  const values = Object.entries(headers).filter(([name]) => CREDENTIALS.includes(name.toLowerCase()))
  return values.map(([, value]) => value.slice(value.indexOf(' ') + 1))
}
