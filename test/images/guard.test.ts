import { describe, expect, it } from 'vitest'
import { ImageFault } from '../../src/images/fault.ts'
import { createGuard, type GuardOptions } from '../../src/images/guard.ts'

const METADATA = '169.254.169.254'

function guard(options: Partial<GuardOptions> = {}) {
  return createGuard({ allowHosts: [], sandboxed: false, ...options })
}

/** Why it is refused, or null. */
function refusal(check: () => void): string | null {
  try {
    check()
    return null
  } catch (error) {
    if (!(error instanceof ImageFault)) throw error
    expect(error.reason).toBe('image-address-forbidden')
    return error.message
  }
}

function refusalOf(url: string, options: Partial<GuardOptions> = {}): string | null {
  return refusal(() => guard(options).checkUrl(new URL(url)))
}

describe('guard of URLs', () => {
  it.each([
    'http://images.example/lamp.png',
    'https://images.example/lamp.png',
    'http://images.example:80/',
    'https://images.example:443/',
    'https://images.example:80/',
    'https://images.example./lamp.png',
    'https://bücher.example/lampe.png',
    'http://93.184.216.34/lamp.png',
    'https://[2606:4700::1111]/lamp.png',
    'https://localhost.example/lamp.png',
    'https://internal.example/lamp.png',
  ])('lets %s pass', url => {
    expect(refusalOf(url)).toBeNull()
  })

  it.each([
    ['ftp://images.example/lamp.png', 'only http and https URLs are fetched'],
    ['file:///etc/passwd', 'only http and https URLs are fetched'],
    ['data:image/png;base64,AAAA', 'only http and https URLs are fetched'],
    ['javascript:alert(1)', 'only http and https URLs are fetched'],
    ['gopher://images.example:80/', 'only http and https URLs are fetched'],
    ['https://user@images.example/', 'URLs with a user name or password are not fetched'],
    ['https://:secret@images.example/', 'URLs with a user name or password are not fetched'],
    [
      'http://images.example:8080/',
      'port 8080 is neither 80 nor 443; if that is meant, name images.example under allowHosts in the config',
    ],
    [
      'https://images.example:22/',
      'port 22 is neither 80 nor 443; if that is meant, name images.example under allowHosts in the config',
    ],
    [
      `http://${METADATA}/latest/meta-data/`,
      `${METADATA} is not a public host; if that is meant, name ${METADATA} under allowHosts in the config`,
    ],
    [
      'http://intranet/lamp.png',
      'intranet is not a public host; if that is meant, name intranet under allowHosts in the config',
    ],
  ])('refuses %s: %s', (url, why) => {
    expect(refusalOf(url)).toBe(why)
  })

  it.each(['localhost', 'LOCALHOST.', 'shop.localhost', 'nas.local', 'metadata.google.internal', 'tv.home.arpa'])(
    'refuses the name %s, which a proxy would resolve for its own network',
    host => {
      expect(refusalOf(`http://${host}/`)).toContain('is not a public host')
    },
  )

  it.each([
    ['nas.local', 'http://nas.local:8080/'],
    ['NAS.Local.', 'https://nas.local/'],
    ['127.0.0.1', 'http://2130706433:3000/'],
    ['0x7f.1', 'http://127.0.0.1/'],
    ['fd00::1', 'http://[FD00:0::1]:81/'],
    ['[fd00::1]', 'http://[fd00::1]/'],
    ['bücher.example', 'http://xn--bcher-kva.example:8080/'],
  ])('with %s in allowHosts opens %s', (host, url) => {
    expect([refusalOf(url), refusalOf(url, { allowHosts: [host] })]).toEqual([expect.any(String), null])
  })

  it.each([
    ['nas.local', 'http://other.local/'],
    ['nas.local', 'http://x.nas.local/'],
    ['10.0.0.1', 'http://10.0.0.2/'],
    ['127.0.0.1:3000', 'http://127.0.0.1:3000/'],
    ['http://127.0.0.1/', 'http://127.0.0.1/'],
    ['', 'http://127.0.0.1/'],
  ])('with %j in allowHosts does not open %s', (host, url) => {
    expect(refusalOf(url, { allowHosts: [host] })).toEqual(expect.any(String))
  })

  it('opens neither other schemes nor user names to an allowed host', () => {
    const options = { allowHosts: ['nas.local'] }
    expect([refusalOf('ftp://nas.local/', options), refusalOf('http://root@nas.local/', options)]).toEqual([
      'only http and https URLs are fetched',
      'URLs with a user name or password are not fetched',
    ])
  })

  it('opens loopback, and nothing else, to the sandbox', () => {
    const urls = ['http://127.0.0.1:3000/', 'http://localhost:3000/', 'http://[::1]:3000/', `http://${METADATA}/`]
    expect(urls.map(url => refusalOf(url, { sandboxed: true }))).toEqual([
      null,
      null,
      null,
      expect.stringContaining('is not a public host'),
    ])
  })
})

describe('guard of addresses', () => {
  const check = (addresses: readonly string[], options: Partial<GuardOptions> = {}): string | null =>
    refusal(() => guard(options).checkAddresses('images.example', addresses))

  it('lets public addresses pass', () => {
    expect(check(['93.184.216.34', '2606:4700::1111'])).toBeNull()
  })

  it('refuses a host when only one of its addresses is not public', () => {
    expect(check(['93.184.216.34', '2606:4700::1111', '10.0.0.7'])).toBe(
      'images.example leads to 10.0.0.7, which is not a public address; ' +
        'if that is meant, name images.example under allowHosts in the config',
    )
  })

  it('refuses what is no address', () => {
    expect(check(['everywhere'])).toContain('everywhere')
  })

  it.each([['images.example'], ['IMAGES.example.'], ['10.0.0.7']])('lets a host pass with %s in allowHosts', host => {
    expect(check(['10.0.0.7'], { allowHosts: [host] })).toBeNull()
  })

  it('knows an allowed IPv6 address however it is written', () => {
    expect(check(['fd00::1'], { allowHosts: ['FD00:0:0::1'] })).toBeNull()
  })

  it('still refuses the other addresses beside an allowed one', () => {
    expect(check(['10.0.0.7', '10.0.0.8'], { allowHosts: ['10.0.0.7'] })).toContain('10.0.0.8')
  })
})
