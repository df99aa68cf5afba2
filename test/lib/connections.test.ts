import { afterEach, describe, expect, it, vi } from 'vitest'
import { openConnections, type Proxies, request } from '../../src/lib/connections.ts'
import { proxies } from '../helpers/proxy.ts'
import { servers } from '../helpers/server.ts'

const serve = servers()
const startProxy = proxies()
const LAMPS = 'http://shop.example/lamps'

afterEach(() => vi.unstubAllEnvs())

async function get(url: string, through: Partial<Proxies> | null): Promise<string> {
  const dispatcher = openConnections({}, through && { http: undefined, https: undefined, no: undefined, ...through })
  try {
    return await (await request(url, { dispatcher })).body.text()
  } finally {
    await dispatcher.destroy()
  }
}

describe('connections', () => {
  it('go through the proxy of their scheme, but not to hosts that need none', async () => {
    const server = await serve(() => ({ body: 'lamp' }))
    const proxy = await startProxy(server.url)
    expect(await get(LAMPS, { http: proxy.url })).toBe('lamp')
    expect(await get(server.url, { https: proxy.url })).toBe('lamp')
    expect(await get(server.url, { http: proxy.url, no: 'localhost,127.0.0.1' })).toBe('lamp')
    expect(proxy.asked).toEqual(['shop.example:80'])
  })

  it('never look into the environment', async () => {
    const server = await serve(() => ({ body: 'lamp' }))
    const proxy = await startProxy(server.url)
    for (const name of ['http_proxy', 'HTTP_PROXY', 'https_proxy', 'HTTPS_PROXY']) vi.stubEnv(name, proxy.url)
    for (const through of [null, {}, { http: '' }, { https: proxy.url }]) {
      expect(await get(server.url, through)).toBe('lamp')
    }
    expect(proxy.asked).toEqual([])
  })
})
