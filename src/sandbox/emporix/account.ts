import type { IncomingHttpHeaders } from 'node:http'

/** The one tenant of the emulated vendor, and the client that may act for it. */
export const ACCOUNT = {
  tenant: 'sandboxshop',
  clientId: 'sandbox-emporix-client',
  clientSecret: 'sandbox-emporix-secret',
} as const

/** Everything that the client may do; a token asked for without a scope gets all of it. */
export const SCOPES = ['media.asset_manage', 'media.asset_read', 'product.product_read_unpublished'] as const
export type Scope = (typeof SCOPES)[number]

/** The token that was sent, or an empty text. */
export function bearerToken(headers: IncomingHttpHeaders): string {
  return /^Bearer (\S+)$/i.exec(headers.authorization ?? '')?.[1] ?? ''
}
