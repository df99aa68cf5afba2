import { describe, expect, it } from 'vitest'
import { item, rigs } from '../client.ts'

const start = rigs()

describe('catalogix emulator', () => {
  it.each([
    ['no header', ''],
    ['another token', 'Bearer wrong'],
    ['another scheme', 'Basic sandbox-catalogix-token'],
    ['the bare token', 'sandbox-catalogix-token'],
    ['an empty token', 'Bearer '],
  ])('refuses %s with 401 and stores nothing', async (_, authorization) => {
    const rig = await start()
    for (const method of ['POST', 'GET', 'DELETE']) {
      const body = method === 'GET' ? {} : { body: [item('OAK-CHAIR')] }
      const answer = await rig.call(method, '/assets', { ...body, headers: { authorization } })
      expect([answer.status, answer.json]).toEqual([
        401,
        { status: { code: -1, message: 'Unauthorized – invalid or missing Bearer token' } },
      ])
    }
    expect(rig.sandbox.state().catalogix).toEqual({ galleries: {}, requests: 3 })
  })

  it.each([
    ['GET', '', 404, null],
    ['GET', '/', 404, null],
    ['POST', '/asset', 404, null],
    ['POST', '/assets/', 404, null],
    ['POST', '/ASSETS', 404, null],
    ['GET', '/products', 404, null],
    ['PUT', '/assets', 405, 'POST, GET, DELETE'],
    ['PATCH', '/assets', 405, 'POST, GET, DELETE'],
    ['GET', '/assets/unlink', 405, 'POST'],
  ])('answers %s %s with %i', async (method, path, status, allow) => {
    const rig = await start()
    const answer = await rig.call(method, path)
    expect([answer.status, answer.headers.get('allow')]).toEqual([status, allow])
    expect(answer.json).toEqual({ status: { code: -1, message: expect.any(String) } })
  })

  it('returns the X-Request-Id it was sent, or makes one', async () => {
    const rig = await start()
    const sent = await rig.post([item('OAK-CHAIR')], { headers: { 'x-request-id': 'run-7/batch-1' } })
    const made = await rig.post([item('OAK-CHAIR')])
    expect([sent.json, made.json]).toMatchObject([
      { status: { code: 0, message: 'SUCCESS', request_id: 'run-7/batch-1' } },
      { status: { code: 0, message: 'SUCCESS', request_id: expect.stringMatching(/^[0-9a-f-]{36}$/) } },
    ])
  })

  it('can answer with HTTP 200 and a failing status.code, without effect', async () => {
    const rig = await start({ catalogix: { statusCode: -1 } })
    const answer = await rig.post([item('OAK-CHAIR')], { headers: { 'x-request-id': 'batch-1' } })
    expect([answer.status, answer.json]).toEqual([
      200,
      {
        status: { code: -1, message: 'ERROR', request_id: 'batch-1' },
        data: { error_info: [{ reason: 'invalid_request', details: expect.any(String) }] },
      },
    ])
    expect(rig.galleries).toEqual({})
  })

  it('stores full requests of galleries one after the other', async () => {
    const rig = await start()
    for (let request = 0; request < 100; request++) {
      await rig.post(Array.from({ length: 100 }, (_, at) => item(`LAMP-${request}-${at}`, 4)))
    }
    expect(Object.keys(rig.galleries)).toHaveLength(10_000)
  })
})
