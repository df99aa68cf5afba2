import { describe, expect, it } from 'vitest'
import { expandSources, sourceLabel } from '../../src/feeds/index.ts'
import { parseAddress } from '../../src/feeds/remote/address.ts'
import { UsageError } from '../../src/model/errors.ts'
import { rejection } from '../helpers/http.ts'

const FEED = 'https://shop.example/feed.csv'

describe('feed address', () => {
  it('is asked for without user name, password and fragment, and named without its query too', () => {
    const { url, name, authorization } = parseAddress('https://lamp:s%40fe@Shop.Example:443/a/feed.csv?key=k1#top')
    expect({ url: url.href, name, authorization }).toEqual({
      url: 'https://shop.example/a/feed.csv?key=k1',
      name: 'https://shop.example/a/feed.csv?…',
      authorization: `Basic ${Buffer.from('lamp:s@fe').toString('base64')}`,
    })
  })

  it.each([
    ['https://lamp@shop.example/', 'lamp:'],
    ['https://:key@shop.example/', ':key'],
    ['https://l%C3%A4mp:%E2%82%AC@shop.example/', 'lämp:€'],
    ['https://lamp:100%@shop.example/', 'lamp:100%'],
  ])('gives its user name and password as they were meant: %s', (source, credentials) => {
    expect(parseAddress(source).authorization).toBe(`Basic ${Buffer.from(credentials).toString('base64')}`)
  })

  it('has a key that tells users and queries apart, and gives nothing away', () => {
    const keys = [FEED, `${FEED}?a`, `${FEED}?b`, 'https://a@shop.example/feed.csv', 'https://b@shop.example/feed.csv']
    const distinct = new Set(keys.map(source => parseAddress(source).key))
    expect([...distinct].map(key => /^[0-9a-f]{32}$/.test(key))).toEqual(keys.map(() => true))
    expect(parseAddress(`${FEED}#top`).key).toBe(parseAddress(FEED).key)
  })

  it.each(['http://localhost/', 'http://127.0.0.1:8080/', 'http://127.1/', 'http://[::1]/'])(
    'may hold a password over http where nobody is on the way: %s',
    source => {
      expect(parseAddress(source.replace('//', '//lamp:safe@')).authorization).not.toBeNull()
    },
  )

  it('may not hold one over http otherwise', () => {
    const parse = () => parseAddress('http://lamp:safe@shop.example/feed.csv?key=k1')
    expect(parse).toThrow(UsageError)
    expect(parse).toThrow('http://shop.example/feed.csv?…: over http, user name and password could be read by anybody')
  })

  it('is not repeated when it cannot be understood', async () => {
    const error = await rejection(expandSources(['https://lamp:safe@shop.example:99999/'], '/'))
    expect(error).toBeInstanceOf(UsageError)
    expect(error).toMatchObject({ message: 'A feed that begins like a web address is none.' })
  })
})

describe('feed arguments that are URLs', () => {
  it('are kept as they are: * and ? are no patterns', async () => {
    const urls = [`${FEED}?format=csv&fields=*`, 'http://shop.example/{a,b}/[1].csv', 'HTTPS://Shop.Example/feed.csv']
    expect(await expandSources(urls, '/')).toEqual(urls)
  })

  it('are named once, however they are spelled', async () => {
    expect(await expandSources([FEED, 'HTTPS://Shop.Example:443/feed.csv#top', `${FEED}?page=2`, FEED], '/')).toEqual([
      FEED,
      `${FEED}?page=2`,
    ])
  })
})

describe('label of a source', () => {
  it.each([
    ['feeds/*.csv', 'feeds/*.csv'],
    ['-', '-'],
    ['C:\\feeds\\lamps.csv?', 'C:\\feeds\\lamps.csv?'],
    [FEED, FEED],
    ['HTTPS://Shop.Example', 'https://shop.example/'],
    ['https://lamp:safe@shop.example:8443/feed.csv#top', 'https://shop.example:8443/feed.csv'],
    // printf key=k1 | sha256sum
    [`${FEED}?key=k1`, `${FEED}?bb4f301a`],
    [`${FEED}?key=k2`, `${FEED}?43c96c5d`],
    ['https://lamp:safe@[', 'https://…'],
  ])('of %s is %s', (source, label) => {
    expect(sourceLabel(source)).toBe(label)
  })
})
