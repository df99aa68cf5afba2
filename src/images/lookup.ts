import { lookup as systemLookup } from 'node:dns/promises'
import type { LookupFunction } from 'node:net'
import { ImageFault } from './fault.ts'
import type { Guard } from './guard.ts'

export interface Address {
  readonly address: string
  readonly family: number
}

/** All addresses of a host name; rejects when there are none. */
export type Resolve = (host: string) => Promise<readonly Address[]>

export const resolveBySystem: Resolve = host => systemLookup(host, { all: true })

/**
 * Resolves for the connection itself, once, and lets it go to checked addresses only. A check before the connection would
 * leave time for another answer from the DNS.
 */
export function guardedLookup(guard: Guard, resolve: Resolve): LookupFunction {
  return (host, options, done) => {
    checkedAddresses(host, guard, resolve).then(
      ([first, ...others]) => (options.all ? done(null, [first, ...others]) : done(null, first.address, first.family)),
      (error: Error) => done(error, []),
    )
  }
}

async function checkedAddresses(host: string, guard: Guard, resolve: Resolve): Promise<[Address, ...Address[]]> {
  const [first, ...others] = await resolve(host)
  if (first === undefined) throw new ImageFault('image-unreachable', `${host} has no address`)
  const addresses: [Address, ...Address[]] = [first, ...others]
  guard.checkAddresses(
    host,
    addresses.map(({ address }) => address),
  )
  return addresses
}
