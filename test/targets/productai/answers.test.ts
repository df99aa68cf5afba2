import { describe, expect, it } from 'vitest'
import { productai } from '../../../src/targets/productai/index.ts'
import { anAnswer } from '../../helpers/http.ts'
import { aProduct, images } from '../../helpers/items.ts'
import { optionsOf, rigs, told } from './rig.ts'

const read = (status: number, body: unknown, headers: Record<string, string> = {}) =>
  productai.meaning(anAnswer({ status, headers, body: typeof body === 'string' ? body : JSON.stringify(body) }))

describe('productai answers', () => {
  it.each([
    [400, 'refused', { status: 'ERROR', message: 'url is required', code: 'BAD_REQUEST' }, 'url is required'],
    [401, 'credentials', { status: 'ERROR', code: 'INVALID_API_KEY' }, 'INVALID_API_KEY'],
    [
      402,
      'refused',
      { name: 'ApiError', message: 'OUT_OF_TOKENS', details: 'Not enough credits' },
      'OUT_OF_TOKENS: Not enough credits',
    ],
    [403, 'refused', { error: 'Asset limit reached' }, 'Asset limit reached'],
    [403, 'refused', { error: { message: 'Asset limit reached' } }, 'Asset limit reached'],
    [404, 'endpoint', 'Not Found', 'Not Found'],
    [404, 'refused', { status: 'ERROR', message: 'Asset not found', code: 'NOT_FOUND' }, 'Asset not found'],
    [413, 'too-large', '', 'HTTP 413'],
    [415, 'refused', '{}', '{}'],
    [422, 'refused', ['tags'], '["tags"]'],
    [429, 'throttled', { message: 'Slow down' }, 'Slow down'],
    [500, 'ambiguous', '<html><h1>Internal</h1>\n<p>Server Error</p></html>', 'Internal Server Error'],
    [502, 'ambiguous', '', 'HTTP 502'],
  ])('reads %i as %s with the vendor’s words', (status, kind, body, message) => {
    expect(read(status, body)).toEqual({ kind, message, requestId: null })
  })

  it.each(['', 'null', '[]', '"ok"', '<html>Sign in</html>', '{"assets":[{"asset_id"'])(
    'cannot read a 200 with %j',
    body => {
      expect(read(200, body).kind).toBe('unreadable')
    },
  )

  it('takes 204 without a body, as deletions are answered', () => {
    expect([read(204, '').kind, read(204, 'gone').kind]).toEqual(['answer', 'unreadable'])
  })

  it('shows neither the query of a redirect nor pages of words', () => {
    expect(read(302, '', { location: 'https://sso.example.com/?token=secret' }).message).toBe(
      'redirected to https://sso.example.com/; redirects are not followed',
    )
    expect(read(400, 'lamp '.repeat(10_000)).message.length).toBeLessThanOrEqual(300)
  })

  it('gives the id of the request where there is one', () => {
    expect(read(500, '', { 'x-request-id': 'abc' }).requestId).toBe('abc')
  })
})

describe('productai accounts that behave otherwise', () => {
  const start = rigs()
  const goods = [aProduct({ code: 'LAMP-1', gallery: images('LAMP-1', 2) })]

  it.each([
    { auth: 'x-api-key' },
    { tagFilter: 'all' },
    { tagCase: 'ignored' },
    { errors: 'api' },
    { statuses: 'exact' },
  ] as const)('are served all the same: %o', async behaviour => {
    const more = 'auth' in behaviour ? behaviour : {}
    const studio = await start(more, { productai: Object(behaviour) })
    const { settle } = await studio.run(goods)
    expect(told(await settle())).toEqual(['created', 'created'])
    expect(told((await studio.run(goods)).answers)).toEqual(['updated adopted', 'updated adopted'])
  })

  it('declare what the vendor documents: one image a request, ten requests a minute, nothing to be sent twice', () => {
    const { limits, replay, unit } = productai
    expect([limits.rate, replay, unit]).toEqual([{ count: 10, perMs: 60_000 }, 'create', 'image'])
    expect(productai.account(optionsOf())).not.toContain('lamp-key')
  })
})
