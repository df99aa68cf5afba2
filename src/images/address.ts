import { BlockList, isIPv4, isIPv6 } from 'node:net'

/** What is not the public internet, by https://www.iana.org/assignments/iana-ipv4-special-registry. */
const SPECIAL_V4 = subnets('ipv4', [
  '0.0.0.0/8', // this network
  '10.0.0.0/8', // private
  '100.64.0.0/10', // shared by carriers
  '127.0.0.0/8', // loopback
  '168.63.129.16/32', // the platform services of Azure, at an address that looks public
  '169.254.0.0/16', // link-local, with the metadata services of most clouds
  '172.16.0.0/12', // private
  '192.0.0.0/24', // protocol assignments
  '192.0.2.0/24', // documentation
  '192.88.99.0/24', // 6to4 relays
  '192.168.0.0/16', // private
  '198.18.0.0/15', // benchmarks
  '198.51.100.0/24', // documentation
  '203.0.113.0/24', // documentation
  '224.0.0.0/4', // multicast
  '240.0.0.0/4', // reserved, with broadcast
])

/**
 * All that is in public use. Everything else is refused unseen: unspecified, loopback, mapped and translated IPv4,
 * unique-local, link-local, multicast and what is yet to be assigned.
 */
const GLOBAL_V6 = subnets('ipv6', ['2000::/3'])

/** Exceptions within it, by https://www.iana.org/assignments/iana-ipv6-special-registry. */
const SPECIAL_V6 = subnets('ipv6', [
  '2001::/23', // protocol assignments, with Teredo
  '2001:db8::/32', // documentation
  '2002::/16', // 6to4, which holds any IPv4 address
  '3fff::/20', // documentation
])

const LOOPBACK_V4 = subnets('ipv4', ['127.0.0.0/8'])

/** True for addresses of the public internet; false for all others and for what is no address. */
export function isPublic(address: string): boolean {
  if (isIPv4(address)) return !SPECIAL_V4.check(address)
  return isIPv6(address) && GLOBAL_V6.check(address, 'ipv6') && !SPECIAL_V6.check(address, 'ipv6')
}

/** True for 127.0.0.0/8 and ::1. */
export function isLoopback(address: string): boolean {
  return isIPv4(address) ? LOOPBACK_V4.check(address) : address === '::1'
}

function subnets(family: 'ipv4' | 'ipv6', all: readonly string[]): BlockList {
  const list = new BlockList()
  for (const subnet of all) {
    const [net = '', prefix] = subnet.split('/')
    list.addSubnet(net, Number(prefix), family)
  }
  return list
}
