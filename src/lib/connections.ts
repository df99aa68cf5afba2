import { Agent, type Dispatcher, EnvHttpProxyAgent } from './undici.ts'

/** Addresses of proxies, by the scheme of what is asked for, and the hosts that are asked without one (as in NO_PROXY). */
export interface Proxies {
  readonly http: string | undefined
  readonly https: string | undefined
  readonly no: string | undefined
}

/** Kept-alive connections, through a proxy where one is named. The environment is not looked at. */
export function openConnections(options: Agent.Options, proxies: Proxies | null): Dispatcher {
  if (!proxies?.http && !proxies?.https) return new Agent(options)
  // An empty text means none; undici would look into the environment for what is left out.
  return new EnvHttpProxyAgent({
    ...options,
    httpProxy: proxies.http ?? '',
    httpsProxy: proxies.https ?? '',
    noProxy: proxies.no ?? '',
  })
}
