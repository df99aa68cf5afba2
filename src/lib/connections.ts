/**
 * The door to undici: HTTP with pooled connections, and proxies. Only what is used of it is loaded, because the whole, with its
 * fetch, WebSocket, mocks and caches, takes as long to load as a small push takes to send.
 */

import type { Dispatcher, Agent as Whole } from 'undici'
import api from 'undici/lib/api/index.js'
import Agent from 'undici/lib/dispatcher/agent.js'
import Base from 'undici/lib/dispatcher/dispatcher.js'
import EnvHttpProxyAgent from 'undici/lib/dispatcher/env-http-proxy-agent.js'

export type { Dispatcher } from 'undici'

// As undici does when it is loaded as a whole.
Object.assign(Base.prototype, api)

/** Addresses of proxies, by the scheme of what is asked for, and the hosts that are asked without one (as in NO_PROXY). */
export interface Proxies {
  readonly http: string | undefined
  readonly https: string | undefined
  readonly no: string | undefined
}

type RequestOptions = Omit<Dispatcher.RequestOptions, 'origin' | 'path' | 'method'> & {
  readonly dispatcher: Dispatcher
  /** @default GET */
  readonly method?: Dispatcher.HttpMethod
}

/** Kept-alive connections, through a proxy where one is named. The environment is not looked at. */
export function openConnections(options: Whole.Options, proxies: Proxies | null): Dispatcher {
  if (!proxies?.http && !proxies?.https) return new Agent(options)
  // An empty text means none; undici would look into the environment for what is left out.
  return new EnvHttpProxyAgent({
    ...options,
    httpProxy: proxies.http ?? '',
    httpsProxy: proxies.https ?? '',
    noProxy: proxies.no ?? '',
  })
}

/** As undici's own, but over connections that are named. */
export function request(url: string | URL, options: RequestOptions): Promise<Dispatcher.ResponseData> {
  const { dispatcher, method = 'GET', ...others } = options
  const { origin, pathname, search } = new URL(url)
  return dispatcher.request({ ...others, method, origin, path: `${pathname}${search}` })
}
