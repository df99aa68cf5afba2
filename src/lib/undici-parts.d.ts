/** Parts of undici, which declares types for the whole only. */

declare module 'undici/lib/api/index.js' {
  const api: Pick<import('undici').Dispatcher, 'request'>
  export = api
}

declare module 'undici/lib/dispatcher/dispatcher.js' {
  const Dispatcher: typeof import('undici').Dispatcher
  export = Dispatcher
}

declare module 'undici/lib/dispatcher/agent.js' {
  const Agent: typeof import('undici').Agent
  export = Agent
}

declare module 'undici/lib/dispatcher/env-http-proxy-agent.js' {
  const EnvHttpProxyAgent: typeof import('undici').EnvHttpProxyAgent
  export = EnvHttpProxyAgent
}
