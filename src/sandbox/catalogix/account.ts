import type { IncomingHttpHeaders } from 'node:http'

/** The one store of the emulated vendor, and the token that opens it. */
export const ACCOUNT = { token: 'sandbox-catalogix-token', storeUuid: '5a4db0c5a4db0c5a4db0c501' } as const

export const DEFAULT_CHANNEL = 'SMP'

/** The token that was sent, or an empty text. */
export function bearerToken(headers: IncomingHttpHeaders): string {
  return /^Bearer (\S+)$/i.exec(headers.authorization ?? '')?.[1] ?? ''
}

/** What is wrong with a store's id, or null. */
export function storeProblem(storeUuid: string | null): string | null {
  if (storeUuid === null || storeUuid === '') return 'store_uuid is required'
  return storeUuid === ACCOUNT.storeUuid ? null : `store_uuid ${JSON.stringify(storeUuid)} is unknown`
}

export function channelOf(query: URLSearchParams): string {
  return query.get('channel') || DEFAULT_CHANNEL
}
