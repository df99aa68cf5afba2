import { Fault } from '../../model/fault.ts'
import type { HttpResponse } from '../../model/http.ts'
import { isJsonObject } from '../../model/json.ts'
import type { Verdict } from '../../model/outcome.ts'
import { meaningOfStatus } from '../status.ts'
import type { Meaning } from '../target.ts'

/** Only what differs from the usual meaning of a status needs code here, and the vendor's own words. */
export function meaning(response: HttpResponse): Meaning {
  const body = parse(response.body)
  const message = isJsonObject(body) && typeof body.error === 'string' ? body.error : `HTTP ${response.status}`
  return { kind: meaningOfStatus(response.status), message, requestId: response.headers['x-request-id'] ?? null }
}

/** An answer that is not the documented one is never a success. */
export function verdict(response: HttpResponse): Verdict {
  const body = parse(response.body)
  if (!isJsonObject(body) || typeof body.id !== 'string') {
    throw new Fault('unreadable', 'the answer is not the documented one', { http: response.status })
  }
  return {
    status: response.status === 201 ? 'created' : 'updated',
    reason: null,
    message: null,
    remoteId: body.id,
    http: response.status,
    requestId: response.headers['x-request-id'] ?? null,
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
