import type { HttpResponse } from '../../model/http.ts'
import type { Verdict } from '../../model/outcome.ts'

/** The asset is as it is wanted; without an answer, because it was so already. */
export function passed(
  status: 'created' | 'updated' | 'deleted',
  remoteId: string,
  response: Pick<HttpResponse, 'status' | 'headers'> | null = null,
): Verdict {
  const requestId = response?.headers['x-request-id'] ?? null
  return { status, reason: null, message: null, remoteId, http: response?.status ?? null, requestId }
}

/** What was asked for was not done. */
export function failed(reason: string, message: string, remoteId: string | null = null): Verdict {
  return { status: 'failed', reason, message, remoteId, http: null, requestId: null }
}
