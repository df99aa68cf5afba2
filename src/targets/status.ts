import type { Meaning } from './target.ts'

/**
 * What an HTTP status means where the vendor documents nothing else. 5xx is ambiguous: behind a gateway the request
 * may have taken effect.
 */
export function meaningOfStatus(status: number): Meaning['kind'] {
  if (status >= 200 && status < 300) return 'answer'
  if (status >= 300 && status < 400) return 'endpoint'
  if (status === 401 || status === 403) return 'credentials'
  if (status === 404 || status === 405 || status === 410 || status === 501 || status === 505) return 'endpoint'
  if (status === 408 || status === 423 || status === 425) return 'ambiguous'
  if (status === 413) return 'too-large'
  if (status === 429) return 'throttled'
  return status >= 500 ? 'ambiguous' : 'refused'
}
