import { isIP } from 'node:net'
import { isLoopback, isPublic } from './address.ts'
import { ImageFault } from './fault.ts'

export interface GuardOptions {
  /** Host names or addresses that may be fetched whatever their addresses and ports are. */
  readonly allowHosts: readonly string[]
  /** The URLs are the sandbox's own, so that loopback is allowed. */
  readonly sandboxed: boolean
}

/** Decides what a feed may make us fetch. A feed is foreign input, and we may stand inside somebody's network. */
export interface Guard {
  /** Throws an ImageFault unless this URL may be asked; to be called for every redirect too. */
  checkUrl(url: URL): void
  /** Throws an ImageFault unless every address to which this host was resolved may be connected to. */
  checkAddresses(host: string, addresses: readonly string[]): void
}

/** The URL leaves out the port that is its scheme's own. */
const USUAL_PORTS = ['', '80', '443']

/** Names without a dot, and those kept for networks nearby: RFC 6761, RFC 6762, RFC 8375 and ICANN's .internal. */
const NEARBY = /^[^.]*$|\.(?:localhost|local|internal|home\.arpa)$/

export function createGuard({ allowHosts, sandboxed }: GuardOptions): Guard {
  const allowed = new Set(allowHosts.map(canonical))
  const mayReach = (address: string): boolean =>
    isPublic(address) || allowed.has(canonical(address)) || (sandboxed && isLoopback(address))
  return {
    checkUrl(url) {
      const host = hostOf(url)
      if (url.protocol !== 'http:' && url.protocol !== 'https:') refuse('only http and https URLs are fetched')
      if (url.username !== '' || url.password !== '') refuse('URLs with a user name or password are not fetched')
      if (allowed.has(host) || (sandboxed && (host === 'localhost' || isLoopback(host)))) return
      if (isIP(host) ? !mayReach(host) : NEARBY.test(host)) refuse(`${host} is not a public host`, host)
      if (!USUAL_PORTS.includes(url.port)) refuse(`port ${url.port} is neither 80 nor 443`, host)
    },
    checkAddresses(host, addresses) {
      const name = canonical(host)
      if (allowed.has(name)) return
      const hidden = addresses.find(address => !mayReach(address))
      if (hidden !== undefined) refuse(`${name} leads to ${hidden}, which is not a public address`, name)
    },
  }
}

function refuse(why: string, host: string | null = null): never {
  const fix = host === null ? '' : `; if that is meant, name ${host} under allowHosts in the config`
  throw new ImageFault('image-address-forbidden', `${why}${fix}`)
}

/** The host of a URL without the brackets of IPv6 and the dot that may end a complete name. */
function hostOf({ hostname }: URL): string {
  return hostname.replace(/^\[|\]$/g, '').replace(/\.+$/, '')
}

/** The one spelling that URLs give to a host name or an address; what is neither stays as it is and matches none. */
function canonical(host: string): string {
  const bare = host.replace(/^\[|\]$/g, '')
  const isV6 = isIP(bare) === 6
  if (!isV6 && /[:@/?#\\]/.test(bare)) return host
  const url = `http://${isV6 ? `[${bare}]` : bare}/`
  return URL.canParse(url) ? hostOf(new URL(url)) : host
}
