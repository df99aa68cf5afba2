import type { LookupFunction } from 'node:net'
import { type Dispatcher, openConnections, type Proxies } from '../lib/connections.ts'

const CONNECT_MS = 10_000

/**
 * Kept-alive connections, at most so many to a host, to addresses that `lookup` gives. Where a proxy stands between, it is
 * the proxy that resolves and connects, so that only what the URL itself shows could be checked; a proxy is trusted to
 * guard its own network. Hosts that NO_PROXY names are resolved here.
 */
export function createConnections(connections: number, proxies: Proxies | null, lookup: LookupFunction): Dispatcher {
  return openConnections({ connections, connect: { timeout: CONNECT_MS, lookup } }, proxies)
}
