import { describe, expect, it } from 'vitest'
import { request } from '../client.ts'
import { ManualClock } from '../manual-clock.ts'
import { shops } from './client.ts'

const start = shops()
const EXPIRED = {
  fault: { faultstring: 'Access Token expired', detail: { errorcode: 'keymanagement.service.access_token_expired' } },
}

describe('emporix POST /oauth/token', () => {
  it('gives a token with its lifetime and nothing to refresh it with', async () => {
    const shop = await start()
    const answer = await shop.askToken()
    expect([answer.status, answer.headers.get('content-type'), answer.json]).toEqual([
      200,
      'application/json',
      {
        access_token: expect.stringMatching(/^[\w-]{22}$/),
        token_type: 'Bearer',
        expires_in: 14399,
        session_idle_time: 120,
        refresh_token: '',
        refresh_token_expires_in: 0,
        scope: 'media.asset_manage media.asset_read product.product_read_unpublished tenant=sandboxshop',
      },
    ])
  })

  it('gives a new token each time, and the older ones stay in force', async () => {
    const shop = await start()
    const other = await shop.askToken()
    expect((other.json as { access_token: string }).access_token).not.toBe(await shop.signIn())
    expect((await shop.list()).status).toBe(200)
  })

  it.each([
    ['client_id', { client_id: 'another' }],
    ['client_secret', { client_secret: 'another' }],
    ['empty client_secret', { client_secret: '' }],
  ])('refuses a wrong %s with 401', async (_, fields) => {
    const shop = await start()
    const answer = await shop.askToken(fields)
    expect([answer.status, answer.json]).toEqual([
      401,
      {
        fault: { faultstring: 'Invalid client identifier', detail: { errorcode: 'oauth.v2.InvalidClientIdentifier' } },
      },
    ])
  })

  it.each(['password', ''])('refuses the grant type %j with 400', async grant_type => {
    const shop = await start()
    expect((await shop.askToken({ grant_type })).status).toBe(400)
  })

  it('takes credentials in a form only: neither as JSON nor as Basic', async () => {
    const shop = await start()
    const { baseUrl, clientId, clientSecret } = shop.account
    const fields = { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret }
    const json = await request(`${baseUrl}/oauth/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(fields),
    })
    const basic = await request(`${baseUrl}/oauth/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${btoa(`${clientId}:${clientSecret}`)}` },
      body: new URLSearchParams({ grant_type: 'client_credentials' }),
    })
    const query = await request(`${baseUrl}/oauth/token?${new URLSearchParams(fields)}`, { method: 'POST' })
    expect([json.status, basic.status, query.status]).toEqual([400, 401, 400])
  })

  it('refuses other methods with 405', async () => {
    const shop = await start()
    const answer = await shop.call('GET', '/oauth/token')
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'POST'])
  })
})

describe('emporix token', () => {
  it('lasts for its lifetime to the second, by the clock', async () => {
    const clock = new ManualClock()
    const shop = await start({ clock })
    clock.advance(14_399_000 - 1)
    expect((await shop.list()).status).toBe(200)
    clock.advance(1)
    const answer = await shop.list()
    expect([answer.status, answer.json]).toEqual([401, EXPIRED])
    await shop.signIn()
    expect((await shop.list()).status).toBe(200)
  })

  it('lasts as long as it is told to', async () => {
    const clock = new ManualClock()
    const shop = await start({ clock, emporix: { lifetime: 60, sessionIdleTime: 30 } })
    expect((await shop.askToken()).json).toMatchObject({ expires_in: 60, session_idle_time: 30 })
    clock.advance(59_999)
    expect((await shop.list()).status).toBe(200)
    clock.advance(1)
    expect((await shop.list()).status).toBe(401)
  })

  it('survives being idle, or expires from it when told to', async () => {
    const clock = new ManualClock()
    const patient = await start({ clock })
    const strict = await start({ clock, emporix: { idleTokens: 'expired' } })
    clock.advance(119_999)
    expect([(await patient.list()).status, (await strict.list()).status]).toEqual([200, 200])
    clock.advance(119_999)
    expect([(await patient.list()).status, (await strict.list()).status]).toEqual([200, 200])
    clock.advance(120_000)
    const answer = await strict.list()
    expect([(await patient.list()).status, answer.status, answer.json]).toEqual([200, 401, EXPIRED])
  })

  it.each([
    ['', ''],
    ['Bearer', 'Bearer'],
    ['another token', 'Bearer another'],
    ['another scheme', 'Basic c2FuZGJveA=='],
  ])('%s is refused with 401, in the shape of the gateway', async (_, authorization) => {
    const shop = await start()
    const answer = await shop.list({}, { authorization })
    expect([answer.status, answer.json]).toEqual([
      401,
      { fault: { faultstring: 'Invalid access token', detail: { errorcode: 'oauth.v2.InvalidAccessToken' } } },
    ])
  })

  it('has the scopes that were asked for, of those that the client has', async () => {
    const shop = await start()
    const asked = await shop.askToken({ scope: 'tenant=sandboxshop media.asset_manage order.order_read' })
    expect(asked.json).toMatchObject({ scope: 'media.asset_manage tenant=sandboxshop' })
  })

  it('needs a scope for each call; reading one asset takes the one for reading', async () => {
    const shop = await start()
    const id = await shop.put({ type: 'LINK', access: 'PUBLIC', url: 'https://cdn.example.com/1.jpg' })
    const statuses = async (scope: string) => {
      await shop.signIn(scope)
      const answers = [
        await shop.list(),
        await shop.assets('GET', `/${id}`),
        await shop.assets('DELETE', '/none'),
        await shop.products({ q: 'code:LAMP-7' }),
      ]
      return answers.map(({ status }) => status)
    }
    expect(await statuses('media.asset_manage')).toEqual([200, 403, 404, 403])
    expect(await statuses('media.asset_read')).toEqual([200, 200, 403, 403])
    expect(await statuses('media.asset_manage media.asset_read')).toEqual([200, 200, 404, 403])
    expect(await statuses('product.product_read_unpublished')).toEqual([403, 403, 403, 200])
    expect((await shop.list()).json).toEqual({
      code: 403,
      status: 'Bad request',
      message: 'The access to the requested resource has been forbidden by the server.',
      details: ['Missing required scopes'],
    })
  })
})
