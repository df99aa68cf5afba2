import { describe, expect, it } from 'vitest'
import { isLoopback, isPublic } from '../../src/images/address.ts'

const PUBLIC = [
  '1.1.1.1',
  '93.184.216.34',
  '9.255.255.255',
  '11.0.0.0',
  '100.63.255.255',
  '100.128.0.0',
  '126.255.255.255',
  '128.0.0.0',
  '169.253.255.255',
  '172.15.255.255',
  '172.32.0.0',
  '192.167.255.255',
  '192.169.0.0',
  '223.255.255.255',
  '2606:4700:4700::1111',
  '2a00:1450:4001::200e',
  '2001:200::1',
  '2003::1',
]

const SPECIAL = [
  ['unspecified', '0.0.0.0', '0.1.2.3', '::'],
  ['private', '10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.0.1', '192.168.255.255'],
  ['loopback', '127.0.0.1', '127.255.255.255', '::1'],
  ['link-local', '169.254.0.1', 'fe80::1', 'febf::1', 'fe80::1%eth0'],
  ['metadata', '169.254.169.254', 'fd00:ec2::254', '168.63.129.16', '100.100.100.200', '192.0.0.192'],
  ['shared by carriers', '100.64.0.0', '100.127.255.255'],
  ['multicast', '224.0.0.1', '239.255.255.255', 'ff02::1'],
  ['reserved', '240.0.0.1', '255.255.255.255', '192.0.0.1', '4000::1', 'fec0::1', '100::1'],
  ['documentation', '192.0.2.1', '198.51.100.1', '203.0.113.1', '2001:db8::1', '3fff::1'],
  ['benchmarks', '198.18.0.1', '198.19.255.255', '2001:2::1'],
  ['mapped IPv4', '::ffff:127.0.0.1', '::ffff:7f00:1', '::ffff:93.184.216.34', '::127.0.0.1'],
  ['NAT64', '64:ff9b::7f00:1', '64:ff9b::169.254.169.254', '64:ff9b:1::1'],
  ['6to4', '2002:7f00:1::1', '2002:a9fe:a9fe::', '192.88.99.1'],
  ['Teredo', '2001::1', '2001:0:4136:e378::'],
  ['unique-local', 'fc00::1', 'fdff:ffff::1'],
  ['no address', '', 'images.example', '1.2.3', '0x7f000001', '1.2.3.4:80'],
].map(([kind = '', ...addresses]) => ({ kind, addresses }))

describe('address', () => {
  it.each(PUBLIC)('takes %s for public', address => {
    expect(isPublic(address)).toBe(true)
  })

  it.each(SPECIAL)('takes no $kind for public', ({ addresses }) => {
    expect(addresses.filter(isPublic)).toEqual([])
  })

  it('knows this machine', () => {
    const addresses = ['127.0.0.1', '127.1.2.3', '::1', '10.0.0.1', '::', '0.0.0.0', '::ffff:127.0.0.1', 'localhost']
    expect(addresses.filter(isLoopback)).toEqual(['127.0.0.1', '127.1.2.3', '::1'])
  })
})
