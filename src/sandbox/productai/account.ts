import type { IncomingHttpHeaders } from 'node:http'

/** The one key of the emulated vendor. */
export const ACCOUNT = { apiKey: 'sandbox-productai-key' } as const

/** Headers that a key may be sent in. The document says Bearer; the vendor's own clients send x-api-key. */
export type Auth = 'either' | 'bearer' | 'x-api-key'

/** The key that was sent in a header that counts, or an empty text. */
export function sentKey(headers: IncomingHttpHeaders, auth: Auth): string {
  const bearer = /^Bearer (\S+)$/i.exec(headers.authorization ?? '')?.[1] ?? ''
  const header = headers['x-api-key']
  const bare = typeof header === 'string' ? header : ''
  if (auth === 'bearer') return bearer
  return auth === 'x-api-key' ? bare : bearer || bare
}
