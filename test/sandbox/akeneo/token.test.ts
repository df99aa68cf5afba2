import { describe, expect, it } from 'vitest'
import { ManualClock } from '../manual-clock.ts'
import { basic, type Pim, pims } from './client.ts'

const start = pims()

const NO_CLIENT = 'Parameter "client_id" is missing or does not match any client, or secret is invalid'
const NO_PASSWORD = 'Parameter "grant_type", "username" or "password" is missing, empty or invalid'
const NO_REFRESH = 'Parameter "grant_type" or "refresh_token" is missing or empty'
const FORM = 'application/x-www-form-urlencoded'

function passwordOf({ account }: Pim) {
  return { grant_type: 'password', username: account.username, password: account.password }
}

async function works(pim: Pim, token: string): Promise<number> {
  return (await pim.get(pim.family, { headers: { authorization: `Bearer ${token}` } })).status
}

describe('akeneo POST /api/oauth/v1/token', () => {
  it('gives a token of an hour for client id, secret, username and password', async () => {
    const pim = await start()
    const answer = await pim.token(passwordOf(pim))
    expect([answer.status, answer.json]).toEqual([
      200,
      {
        access_token: expect.stringMatching(/^\S+$/),
        expires_in: 3600,
        token_type: 'bearer',
        scope: null,
        refresh_token: expect.stringMatching(/^\S+$/),
      },
    ])
  })

  it('takes a form as well as JSON, with a charset too', async () => {
    const pim = await start()
    const form = new URLSearchParams(passwordOf(pim)).toString()
    const statuses = [
      await pim.token(form, { 'content-type': FORM }),
      await pim.token(form, { 'content-type': `${FORM}; charset=utf-8` }),
      await pim.token(passwordOf(pim), { 'content-type': 'application/json; charset=utf-8' }),
    ].map(({ status }) => status)
    expect(statuses).toEqual([200, 200, 200])
  })

  it('leaves earlier tokens as good as they were', async () => {
    const pim = await start()
    const [first, second] = [await pim.login(), await pim.login()]
    expect(second.access_token).not.toBe(first.access_token)
    expect([await works(pim, first.access_token), await works(pim, second.access_token)]).toEqual([200, 200])
  })

  it('lets a token die of age by the clock', async () => {
    const clock = new ManualClock()
    const pim = await start({ clock })
    clock.advance(3_599_999)
    expect((await pim.get(pim.family)).status).toBe(200)
    clock.advance(1)
    const answer = await pim.get(pim.family)
    expect([answer.status, answer.json]).toEqual([
      401,
      { code: 401, message: 'The access token provided has expired.' },
    ])
  })

  it('can give tokens of another lifetime', async () => {
    const clock = new ManualClock()
    const pim = await start({ clock, akeneo: { tokenSeconds: 60 } })
    expect((await pim.token(passwordOf(pim))).json).toMatchObject({ expires_in: 60 })
    clock.advance(60_000)
    expect((await pim.get(pim.family)).status).toBe(401)
  })

  it('gives a new pair for a refresh token, which is used up by it', async () => {
    const pim = await start()
    const first = await pim.login()
    const refresh = { grant_type: 'refresh_token', refresh_token: first.refresh_token }
    const [second, third] = [await pim.token(refresh), await pim.token(refresh)]
    expect([second.status, second.json]).toEqual([
      200,
      {
        access_token: expect.any(String),
        expires_in: 3600,
        token_type: 'bearer',
        scope: null,
        refresh_token: expect.any(String),
      },
    ])
    const pair = second.json as typeof first
    expect(pair.refresh_token).not.toBe(first.refresh_token)
    expect([await works(pim, first.access_token), await works(pim, pair.access_token)]).toEqual([200, 200])
    expect([third.status, third.json]).toEqual([422, { code: 422, message: 'Refresh token is invalid or has expired' }])
  })

  it('takes a refresh token for 14 days', async () => {
    const clock = new ManualClock()
    const pim = await start({ clock })
    const [first, second] = [await pim.login(), await pim.login()]
    clock.advance(1_209_599_999)
    const early = await pim.token({ grant_type: 'refresh_token', refresh_token: first.refresh_token })
    clock.advance(1)
    const late = await pim.token({ grant_type: 'refresh_token', refresh_token: second.refresh_token })
    expect([early.status, late.status]).toEqual([200, 422])
  })

  it.each<[string, Record<string, unknown>, string]>([
    ['no grant_type', { grant_type: undefined }, NO_PASSWORD],
    ['an unknown grant_type', { grant_type: 'passwordd' }, NO_PASSWORD],
    ['a grant_type that is no text', { grant_type: 1 }, NO_PASSWORD],
    [
      'a grant the connection may not use',
      { grant_type: 'client_credentials' },
      'This grant type is not authorized for this client',
    ],
    ['no username', { username: undefined }, NO_PASSWORD],
    ['an empty password', { password: '' }, NO_PASSWORD],
    ['another username', { username: 'julia' }, 'No user found for the given username and password'],
    ['another password', { password: 'wrong' }, 'No user found for the given username and password'],
    ['no refresh_token', { grant_type: 'refresh_token' }, NO_REFRESH],
    [
      'an unknown refresh_token',
      { grant_type: 'refresh_token', refresh_token: 'x' },
      'Refresh token is invalid or has expired',
    ],
  ])('refuses %s with 422, not 401', async (_, change, message) => {
    const pim = await start()
    const answer = await pim.token({ ...passwordOf(pim), ...change })
    expect([answer.status, answer.json]).toEqual([422, { code: 422, message }])
  })

  it('refuses another id or secret with 422, also one with a line feed at its end', async () => {
    const pim = await start()
    const { clientId, secret } = pim.account
    const headers = [
      basic(clientId, 'wrong'),
      basic('wrong', secret),
      basic(clientId, `${secret}\n`),
      `Bearer ${secret}`,
      'Basic %%%',
      '',
    ]
    for (const authorization of headers) {
      const answer = await pim.token(passwordOf(pim), { authorization })
      expect([answer.status, answer.json]).toEqual([422, { code: 422, message: NO_CLIENT }])
    }
  })

  it('does not take id and secret from the body', async () => {
    const pim = await start()
    const { clientId, secret } = pim.account
    const form = new URLSearchParams({ ...passwordOf(pim), client_id: clientId, client_secret: secret })
    const answer = await pim.token(form.toString(), { authorization: '', 'content-type': FORM })
    expect(answer.status).toBe(422)
  })

  it.each([
    [
      'text/plain',
      '"text/plain" in "Content-Type" header is not valid. Only "application/json" or "application/x-www-form-urlencoded" are allowed.',
    ],
    [
      '',
      'The "Content-Type" header is missing. "application/json" or "application/x-www-form-urlencoded" has to be specified as value.',
    ],
  ])('refuses the content type "%s" with 415', async (type, message) => {
    const pim = await start()
    const answer = await pim.token(passwordOf(pim), { 'content-type': type })
    expect([answer.status, answer.json]).toEqual([415, { code: 415, message }])
  })

  it('refuses JSON that is none with 400', async () => {
    const pim = await start()
    const answer = await pim.token('{"grant_type":')
    expect([answer.status, answer.json]).toEqual([400, { code: 400, message: 'Invalid json message received' }])
  })

  it('takes bodies of 300 bytes and refuses longer ones with 413', async () => {
    const pim = await start()
    const body = JSON.stringify(passwordOf(pim))
    expect((await pim.token(body.padEnd(300))).status).toBe(200)
    const answer = await pim.token(body.padEnd(301))
    expect([answer.status, answer.json]).toEqual([
      413,
      { code: 413, message: 'Request content exceeded the maximum allowed size of 300 bytes' },
    ])
  })

  it('can refuse bodies over 200 bytes with 422, as older versions do', async () => {
    const pim = await start({ akeneo: { tokenBytes: 200 } })
    const body = JSON.stringify(passwordOf(pim))
    expect((await pim.token(body.padEnd(200))).status).toBe(200)
    const answer = await pim.token(body.padEnd(201))
    expect([answer.status, answer.json]).toEqual([422, { code: 422, message: 'The request content size is too large' }])
  })
})
