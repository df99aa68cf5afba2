import { describe, expect, it } from 'vitest'
import type { Fault } from '../../../src/model/fault.ts'
import type { HttpResponse } from '../../../src/model/http.ts'
import { akeneo } from '../../../src/targets/akeneo/index.ts'
import type { Io, Login } from '../../../src/targets/target.ts'
import { aFault, anAnswer, aWire, faultOf } from '../../helpers/http.ts'
import { noImage } from '../../helpers/wire.ts'
import { ACCOUNT, optionsOf, rigs } from './rig.ts'

const TOKEN = {
  access_token: 'lamp-token',
  expires_in: 3600,
  token_type: 'bearer',
  scope: null,
  refresh_token: 'again',
}
const LAST: Login = { headers: {}, expiresIn: 3600, memory: 'again' }
const DEAD = aFault('refused', { http: 422, message: 'Refresh token is invalid or has expired' })

function anIo(...turns: readonly (HttpResponse | Fault)[]) {
  const wire = aWire(...turns)
  const io: Io = { send: wire.send, baseUrl: 'https://pim.example.com', note: () => undefined, image: noImage }
  return { io, bodies: () => wire.sent.map(({ body }) => JSON.parse(String(Buffer.from(body ?? [])))), sent: wire.sent }
}

const granted = (facts: object = {}) => anAnswer({ body: JSON.stringify({ ...TOKEN, ...facts }) })

describe('akeneo token', () => {
  it('is asked for with client and secret as Basic and nothing but user and password in the body', async () => {
    const { io, sent } = anIo(granted())
    expect(await akeneo.login(io, optionsOf(), null)).toEqual({
      headers: { authorization: 'Bearer lamp-token' },
      expiresIn: 3600,
      memory: 'again',
    })
    expect(sent.map(({ body, ...request }) => [request, String(Buffer.from(body ?? []))])).toEqual([
      [
        {
          method: 'POST',
          url: 'https://pim.example.com/api/oauth/v1/token',
          headers: { 'content-type': 'application/json', authorization: 'Basic MV9sYW1wczpsYW1wLXNlY3JldA==' },
        },
        '{"grant_type":"password","username":"lamps_0001","password":"lamp-password"}',
      ],
    ])
  })

  it.each(['1_lamps\n', ' 1_lamps', '1:lamps', ''])('is not asked for with the client ID %j', clientId => {
    expect(akeneo.options.safeParse({ ...ACCOUNT, clientId }).success).toBe(false)
  })

  it.each(['secret', 'password'])('is not asked for with a line break after the %s', name => {
    expect(akeneo.options.safeParse({ ...ACCOUNT, [name]: 'lamp\n' }).success).toBe(false)
  })

  it('is renewed with the refresh token of the last one', async () => {
    const { io, bodies } = anIo(granted({ refresh_token: 'anew' }))
    expect((await akeneo.login(io, optionsOf(), LAST)).memory).toBe('anew')
    expect(bodies()).toEqual([{ grant_type: 'refresh_token', refresh_token: 'again' }])
  })

  it('is renewed without the refresh token being seen anywhere, whether that stays the same or not', async () => {
    const { io, sent } = anIo(granted({ refresh_token: 'anew' }), granted({ refresh_token: '***' }))
    expect((await akeneo.login(io, optionsOf(), LAST)).memory).toBe('anew')
    expect((await akeneo.login(io, optionsOf(), LAST)).memory).toBe('again') // what comes back masked is what was sent
    expect(sent.map(({ secrets }) => secrets)).toEqual([['again'], ['again']])
  })

  it('is asked for with the password when the refresh token is dead', async () => {
    const { io, bodies } = anIo(DEAD, granted())
    await akeneo.login(io, optionsOf(), LAST)
    expect(bodies().map(body => body.grant_type)).toEqual(['refresh_token', 'password'])
  })

  it('is not asked for again when the PIM cannot be reached', async () => {
    const { io, sent } = anIo(aFault('unreachable'))
    expect((await faultOf(akeneo.login(io, optionsOf(), LAST))).kind).toBe('unreachable')
    expect(sent).toHaveLength(1)
  })

  it.each([
    [422, 'refused', 'No user found for the given username and password'],
    [422, 'refused', 'Parameter "client_id" is missing or does not match any client, or secret is invalid'],
    [403, 'too-large', 'Your address is not allowed here'],
  ] as const)('that is refused with %i (%s) means wrong credentials: %s', async (http, kind, message) => {
    const { io } = anIo(aFault(kind, { http, message, attempts: 1 }))
    const fault = await faultOf(akeneo.login(io, optionsOf(), null))
    expect([fault.kind, fault.reason, fault.message, fault.http]).toEqual([
      'credentials',
      'credentials-refused',
      message,
      http,
    ])
  })

  it('is not asked for with more than 300 bytes', async () => {
    const { io, sent } = anIo(granted())
    const fault = await faultOf(akeneo.login(io, optionsOf({ password: 'p'.repeat(250) }), null))
    expect([fault.kind, fault.message, sent.length]).toEqual([
      'credentials',
      'User name and password make a request of 313 bytes; Akeneo takes 300.',
      0,
    ])
  })

  it.each([
    { access_token: '' },
    { access_token: 'a b' },
    { access_token: 'a\r\nx: y' },
    { access_token: 7 },
    { expires_in: 0 },
    { expires_in: null },
    { expires_in: '3600' },
  ])('that cannot be used is none: %j', async facts => {
    const { io } = anIo(granted(facts))
    const fault = await faultOf(akeneo.login(io, optionsOf(), null))
    expect([fault.kind, fault.message.includes('again')]).toEqual(['unreadable', false])
  })

  it('may come without a refresh token', async () => {
    const { io } = anIo(granted({ refresh_token: null }))
    expect(await akeneo.login(io, optionsOf(), null)).toEqual({
      headers: { authorization: 'Bearer lamp-token' },
      expiresIn: 3600,
    })
  })
})

describe('akeneo token at the PIM', () => {
  const open = rigs()

  it('is one for all requests that wait for it', async () => {
    const { wire, options, pim } = await open()
    const before = pim.requests
    await Promise.all([1, 2, 3, 4].map(() => akeneo.probe(wire.io, options)))
    expect(pim.requests - before).toBe(5)
  })

  it('is renewed before its hour is over', async () => {
    const { wire, options } = await open()
    const logins = () => wire.events.filter(event => event.type === 'request' && event.path.endsWith('/token')).length
    await akeneo.probe(wire.io, options)
    await wire.clock.advance(50 * 60_000)
    await akeneo.probe(wire.io, options)
    expect(logins()).toBe(1)
    await wire.clock.advance(5 * 60_000)
    await akeneo.probe(wire.io, options)
    expect(logins()).toBe(2)
  })

  it('is renewed once when the PIM refuses it', async () => {
    const { wire, options, pim } = await open({}, {}, { faults: [] })
    await akeneo.probe(wire.io, options)
    pim.sandbox.reset() // forgets its tokens
    await akeneo.probe(wire.io, options)
    const seen = wire.events.flatMap(event =>
      event.type === 'request' ? [[event.path.split('/').at(-1), event.http]] : [],
    )
    expect(seen).toEqual([
      ['token', 200],
      ['attributes', 200],
      ['attributes', 401],
      ['token', 422],
      ['token', 200],
      ['attributes', 200],
    ])
  })

  it('with wrong credentials is told in the words of the PIM', async () => {
    const { wire, options } = await open({}, { password: 'wrong' })
    const fault = await faultOf(akeneo.probe(wire.io, options))
    expect([fault.kind, fault.http, fault.message]).toEqual([
      'credentials',
      422,
      'No user found for the given username and password',
    ])
  })
})
