import { describe, expect, it } from 'vitest'
import { identify } from '../../src/transport/headers.ts'
import { aRequest, aWire } from '../helpers/http.ts'

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

async function headersOf(headers: Record<string, string> = {}) {
  const wire = aWire()
  await identify('assetsync/1.2.3')(wire.send)(aRequest({ headers }))
  return wire.sent[0]?.headers ?? {}
}

describe('headers', () => {
  it('says who asks and what it reads', async () => {
    expect(await headersOf({ 'content-type': 'application/json' })).toEqual({
      'user-agent': 'assetsync/1.2.3',
      accept: 'application/json',
      'content-type': 'application/json',
      'x-request-id': expect.stringMatching(UUID),
    })
  })

  it('gives every request an id of its own', async () => {
    const ids = [await headersOf(), await headersOf()].map(headers => headers['x-request-id'])
    expect(ids[0]).not.toBe(ids[1])
  })

  it('lets what the target itself sets win', async () => {
    const own = { accept: 'text/csv', 'x-request-id': 'request-1', authorization: 'Bearer lamp-token' }
    expect(await headersOf(own)).toEqual({ ...own, 'user-agent': 'assetsync/1.2.3' })
  })
})
