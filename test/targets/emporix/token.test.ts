import { describe, expect, it } from 'vitest'
import type { Fault } from '../../../src/model/fault.ts'
import type { HttpResponse } from '../../../src/model/http.ts'
import { newFacts } from '../../../src/targets/emporix/facts.ts'
import { emporix } from '../../../src/targets/emporix/index.ts'
import { login } from '../../../src/targets/emporix/token.ts'
import { aFault, anAnswer, aWire, faultOf } from '../../helpers/http.ts'
import { aProduct } from '../../helpers/items.ts'
import { type Answer, servers } from '../../helpers/server.ts'
import { wires } from '../../helpers/wire.ts'
import { itemsOf, optionsOf } from './rig.ts'

const TOKEN = { access_token: 'lamp-token', token_type: 'Bearer', expires_in: 14_399, refresh_token: '' }

describe('emporix token', () => {
  const serve = servers()
  const open = wires()

  const ask = (...turns: (HttpResponse | Fault)[]) => {
    const wire = aWire(...turns)
    const options = optionsOf({ clientSecret: 'a&b=c+d%' })
    return { ...wire, answer: login({ ...wire, baseUrl: 'https://api.example.com' }, options) }
  }

  it('is asked for with a form that holds the credentials, and no Basic', async () => {
    const { sent, answer } = ask(anAnswer({ body: JSON.stringify(TOKEN) }))
    await answer
    expect(sent.map(({ body, ...request }) => ({ ...request, body: String(body) }))).toEqual([
      {
        method: 'POST',
        url: 'https://api.example.com/oauth/token',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: 'grant_type=client_credentials&client_id=lamp-client&client_secret=a%26b%3Dc%2Bd%25',
      },
    ])
  })

  it('lasts as long as the answer says', async () => {
    const headers = { authorization: 'Bearer lamp-token', 'emporix-tenant': 'lampshop' }
    const told = ask(anAnswer({ body: JSON.stringify({ ...TOKEN, expires_in: 3599 }) }))
    expect(await told.answer).toEqual({ headers, expiresIn: 3599 })
    const asText = ask(anAnswer({ body: JSON.stringify({ ...TOKEN, expires_in: '3599' }) }))
    expect(await asText.answer).toEqual({ headers, expiresIn: 3599 })
  })

  it.each([400, 401, 403])('that is refused with %i means wrong credentials', async http => {
    const kind = http === 400 ? 'refused' : 'credentials'
    const fault = await faultOf(ask(aFault(kind, { http, message: 'invalid_client' })).answer)
    expect([fault.kind, fault.reason, fault.message, fault.http]).toEqual([
      'credentials',
      'credentials-refused',
      'invalid_client',
      http,
    ])
  })

  it('that nobody gives out at this address is no matter of credentials', async () => {
    expect((await faultOf(ask(aFault('refused', { http: 404 })).answer)).kind).toBe('endpoint')
  })

  it('that cannot be had for other reasons leaves the credentials out of it', async () => {
    const kinds = ['ambiguous', 'throttled', 'unreachable', 'endpoint'] as const
    const faults = await Promise.all(kinds.map(kind => faultOf(ask(aFault(kind)).answer)))
    expect(faults.map(({ kind }) => kind)).toEqual(kinds)
  })

  it.each([
    [{}],
    [[]],
    [{ ...TOKEN, access_token: '' }],
    [{ ...TOKEN, access_token: 'lamp\r\nx-injected: yes' }],
    [{ ...TOKEN, expires_in: undefined }],
    [{ ...TOKEN, expires_in: 0 }],
    [{ ...TOKEN, expires_in: 'soon' }],
  ])('is none in %j', async body => {
    const fault = await faultOf(ask(anAnswer({ body: JSON.stringify(body) })).answer)
    expect([fault.kind, fault.message.includes('lamp')]).toEqual(['unreadable', false])
  })

  it('that dies early is asked for once more, and then no more', async () => {
    const dead: Answer = {
      status: 401,
      body: '{"fault":{"faultstring":"Access Token expired","detail":{"errorcode":"keymanagement.service.access_token_expired"}}}',
    }
    const server = await serve(({ path }) => (path === '/oauth/token' ? { body: JSON.stringify(TOKEN) } : dead))
    const options = optionsOf()
    const { io } = open(emporix, options, server.url)
    const fault = await faultOf(emporix.probe(io, options))
    expect([fault.kind, fault.message]).toEqual(['credentials', 'Access Token expired'])
    expect(server.seen.map(({ path }) => path.split('?')[0])).toEqual([
      '/oauth/token',
      '/media/lampshop/assets',
      '/oauth/token',
      '/media/lampshop/assets',
    ])
  })

  it.each(['GET', 'POST'])('that dies before a %s is renewed, and the request is made once', async method => {
    let deaths = 1
    const made: string[] = []
    const server = await serve(seen => {
      if (seen.path === '/oauth/token') return { body: JSON.stringify(TOKEN) }
      if (seen.method === method && deaths-- > 0) return { status: 401, body: '{"fault":{"faultstring":"expired"}}' }
      if (seen.method === 'POST') made.push(seen.path)
      return seen.method === 'GET' ? { body: '[]' } : { status: 201, body: '{"id":"asset-1"}' }
    })
    const options = optionsOf({ resolve: 'none' })
    const { io } = open(emporix, options, server.url)
    const [item] = itemsOf([aProduct()], options)
    const items = item === undefined ? [] : [{ ...item, remoteId: null, trim: [], doubtful: false }]
    expect(await emporix.push({ action: 'create', items }, io, options, newFacts())).toMatchObject([
      { status: 'created', remoteId: 'asset-1', attempts: 3 },
    ])
    expect(made).toHaveLength(1)
  })

  it.each([
    ['code', ['/oauth/token', '/media/lampshop/assets', '/product/lampshop/products']],
    ['none', ['/oauth/token', '/media/lampshop/assets']],
  ])('is proved by a probe of every service that is needed with resolve: %s', async (resolve, paths) => {
    const server = await serve(({ path }) => ({ body: path === '/oauth/token' ? JSON.stringify(TOKEN) : '[]' }))
    const options = optionsOf({ resolve })
    await emporix.probe(open(emporix, options, server.url).io, options)
    expect(server.seen.map(({ path }) => path.split('?')[0])).toEqual(paths)
    expect(server.seen.slice(1).every(({ method }) => method === 'GET')).toBe(true)
  })

  it('serves all requests of a load', async () => {
    const server = await serve(({ path, method }) => {
      if (path === '/oauth/token') return { body: JSON.stringify(TOKEN) }
      return method === 'GET' ? { body: '[]' } : { status: 201, body: '{"id":"asset-1"}' }
    })
    const options = optionsOf({ resolve: 'none' })
    const { io } = open(emporix, options, server.url)
    const items = itemsOf([aProduct()], options).map(item => ({ ...item, remoteId: null, trim: [], doubtful: false }))
    await emporix.push({ action: 'create', items }, io, options, newFacts())
    expect(server.seen.filter(({ path }) => path === '/oauth/token')).toHaveLength(1)
    const others = server.seen.filter(({ path }) => path !== '/oauth/token')
    expect(new Set(others.map(({ headers }) => headers.authorization))).toEqual(new Set(['Bearer lamp-token']))
  })
})
