import type { LookupFunction } from 'node:net'
import { Agent, type Dispatcher, EnvHttpProxyAgent } from '../lib/undici.ts'

const CONNECT_MS = 10_000

export interface Proxies {
  readonly http: string | undefined
  readonly https: string | undefined
  readonly no: string | undefined
}

/**
 * Kept-alive connections, at most so many to a host, to addresses that `lookup` gives. Where a proxy stands between, it is
 * the proxy that resolves and connects, so that only what the URL itself shows could be checked; a proxy is trusted to
 * guard its own network. Hosts that NO_PROXY names are resolved here.
 */
export function createConnections(connections: number, proxies: Proxies | null, lookup: LookupFunction): Dispatcher {
  const options = { connections, connect: { timeout: CONNECT_MS, lookup } }
  if (!proxies?.http && !proxies?.https) return new Agent(options)
  // An empty text means none; undici would look into the environment for what is left out.
  return new EnvHttpProxyAgent({
    ...options,
    httpProxy: proxies.http ?? '',
    httpsProxy: proxies.https ?? '',
    noProxy: proxies.no ?? '',
  })
}
