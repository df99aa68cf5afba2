/** The door to undici: HTTP with pooled connections, and proxies. */
export { Agent, type Dispatcher, EnvHttpProxyAgent, request } from 'undici'
