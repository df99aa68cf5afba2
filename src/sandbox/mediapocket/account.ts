import type { IncomingHttpHeaders } from 'node:http'

/** The one key of the emulated installation. */
export const ACCOUNT = { apiKey: 'sandbox-mediapocket-key' } as const

/** The key that was sent, or an empty text. */
export function sentKey(headers: IncomingHttpHeaders): string {
  const key = headers['x-api-key']
  return typeof key === 'string' ? key : ''
}
