import { isLoopbackHost } from '../lib/loopback.ts'
import { Fault } from '../model/fault.ts'
import type { Send } from '../model/http.ts'

/** Lets nothing pass that others could read on its way, wherever its address came from: https only, but on this machine. */
export function encryptedOnly(next: Send): Send {
  return async request => {
    const { protocol, hostname, host } = new URL(request.url)
    if (protocol === 'https:' || isLoopbackHost(hostname)) return next(request)
    throw new Fault('endpoint', `${host} would get this, credentials included, unencrypted: only https is used`)
  }
}
