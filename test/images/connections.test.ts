import { describe, expect, it } from 'vitest'
import { proxies } from '../helpers/proxy.ts'
import { servers } from '../helpers/server.ts'
import { aResolver, opener } from './opening.ts'
import { PNG } from './pictures.ts'

const serve = servers()
const startProxy = proxies()
const open = opener()
const LAMP = 'http://images.example/lamp.png'

describe('images through a proxy', () => {
  it('are resolved and fetched by the proxy', async () => {
    const server = await serve(() => ({ body: PNG }))
    const proxy = await startProxy(server.url)
    const { resolve, asked } = aResolver([])
    const images = open({ proxies: { http: proxy.url, https: undefined, no: undefined } }, resolve)
    expect(await images.get(LAMP)).toMatchObject({ kind: 'file', size: PNG.length })
    expect({ proxy: proxy.asked, asked }).toEqual({ proxy: ['images.example:80'], asked: [] })
  })

  it.each([
    'http://169.254.169.254/latest/meta-data/',
    'http://10.0.0.7/',
    'http://[::1]/',
    'http://localhost/',
    'http://nas.local/',
    'http://metadata.google.internal/',
    'http://intranet/',
    'http://images.example:8080/',
  ])('are not fetched from %s: that much the URL shows', async url => {
    const server = await serve(() => ({ body: PNG }))
    const proxy = await startProxy(server.url)
    const images = open({ proxies: { http: proxy.url, https: proxy.url, no: undefined } })
    expect(await images.get(url)).toMatchObject({ reason: 'image-address-forbidden' })
    expect(proxy.asked).toEqual([])
  })

  it('are guarded as ever where NO_PROXY leads past it', async () => {
    const server = await serve(() => ({ body: PNG }))
    const proxy = await startProxy(server.url)
    const { resolve } = aResolver(['10.0.0.7'])
    const images = open({ proxies: { http: proxy.url, https: undefined, no: 'images.example' } }, resolve)
    expect(await images.get(LAMP)).toMatchObject({ reason: 'image-address-forbidden' })
    expect(proxy.asked).toEqual([])
  })

  it('are a problem when the proxy refuses', async () => {
    const server = await serve(() => ({ body: PNG }))
    const proxy = await startProxy(server.url, 403)
    const images = open({ proxies: { http: proxy.url, https: undefined, no: undefined } })
    expect(await images.get(LAMP)).toEqual({
      kind: 'problem',
      reason: 'image-unreachable',
      message:
        `The image ${LAMP} cannot be used: the connection failed: ` +
        'Proxy response (403) !== 200 when HTTP Tunneling.',
    })
  })

  it('do not go there in the sandbox', async () => {
    const sandbox = await serve(() => ({ body: PNG }))
    const proxy = await startProxy(sandbox.url)
    const images = open({
      proxies: { http: proxy.url, https: proxy.url, no: undefined },
      rewrite: () => `${sandbox.url}/picture`,
    })
    expect(await images.get(LAMP)).toMatchObject({ kind: 'file' })
    expect(proxy.asked).toEqual([])
  })
})
