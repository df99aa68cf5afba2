import { Fault } from '../../model/fault.ts'
import type { HttpResponse } from '../../model/http.ts'
import type { Verdict } from '../../model/outcome.ts'
import { httpWords, parseObject, plainText } from '../answer.ts'
import { meaningOfStatus } from '../status.ts'
import type { Meaning } from '../target.ts'

/** Only what differs from the usual meaning of a status needs code here, and the vendor's own words. */
export function meaning(response: HttpResponse): Meaning {
  const body = parseObject(response.body)
  const message = typeof body?.error === 'string' ? plainText(body.error) : httpWords(response)
  return { kind: meaningOfStatus(response.status), message, requestId: response.headers['x-request-id'] ?? null }
}

/** An answer that is not the documented one is never a success. */
export function verdict(response: HttpResponse): Verdict {
  const body = parseObject(response.body)
  if (typeof body?.id !== 'string' || body.id === '' || ![200, 201].includes(response.status)) {
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
