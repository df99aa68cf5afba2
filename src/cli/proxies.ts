import type { Proxies } from '../lib/connections.ts'
import { UsageError } from '../model/errors.ts'
import type { Io } from './io.ts'

export const NO_PROXIES: Proxies = { http: undefined, https: undefined, no: undefined }

/** Lower case wins, as in curl. As everywhere, an address without a scheme is one of http. */
export function proxiesOf({ env }: Io): Proxies {
  const read = (name: string): string | undefined => env[name] || env[name.toUpperCase()] || undefined
  const address = (name: string): string | undefined => {
    const text = read(name)
    if (text === undefined) return undefined
    const url = text.includes('://') ? text : `http://${text}`
    if (URL.canParse(url) && ['http:', 'https:'].includes(new URL(url).protocol)) return url
    // It may hold a password, so it is not repeated.
    throw new UsageError(`The address of the proxy in ${name.toUpperCase()} cannot be used.`, {
      fix: 'Write it as http://host:port.',
    })
  }
  return { http: address('http_proxy'), https: address('https_proxy'), no: read('no_proxy') }
}
