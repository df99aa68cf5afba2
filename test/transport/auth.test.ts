import { describe, expect, it } from 'vitest'
import type { Send } from '../../src/model/http.ts'
import { authenticate, type Token } from '../../src/transport/auth.ts'
import { ManualClock } from '../helpers/clock.ts'
import { aFault, anAnswer, aRequest, faultOf } from '../helpers/http.ts'

/** A target whose tokens last an hour, unless it is told to revoke them. */
function aDoor(facts: { readonly expiresIn?: number | null } = {}) {
  const { expiresIn = 3600 } = facts
  const clock = new ManualClock()
  const logins: (Token | null)[] = []
  const seen: string[] = []
  const revoked = new Set<string>()
  let failure: Error | null = null
  const login = async (last: Token | null): Promise<Token> => {
    const no = logins.push(last)
    await Promise.resolve()
    if (failure) throw failure
    return { headers: { authorization: `Bearer ${no}` }, expiresIn }
  }
  const next: Send = async ({ headers }) => {
    const { authorization = '' } = headers
    seen.push(authorization)
    await Promise.resolve()
    if (revoked.has(authorization)) throw aFault('credentials', { http: 401 })
    return anAnswer()
  }
  const send = authenticate(login, clock)(next)
  return {
    clock,
    logins,
    seen,
    request: () => send(aRequest({ headers: { 'content-type': 'application/json' } })),
    revoke: (no: number) => void revoked.add(`Bearer ${no}`),
    break: (error: Error | null) => {
      failure = error
    },
  }
}

const times = (count: number, work: () => Promise<unknown>) => Promise.all(Array.from({ length: count }, work))

describe('credentials', () => {
  it('are asked for once, however many requests wait for them', async () => {
    const { request, logins, seen } = aDoor()
    await times(8, request)
    await request()
    expect([logins, new Set(seen), seen.length]).toEqual([[null], new Set(['Bearer 1']), 9])
  })

  it('are added to the headers of the request', async () => {
    const sent: object[] = []
    const send = authenticate(
      async () => ({ headers: { 'x-api-key': 'lamp' }, expiresIn: null }),
      new ManualClock(),
    )(async ({ headers }) => {
      sent.push(headers)
      return anAnswer()
    })
    await send(aRequest({ headers: { accept: 'text/csv' } }))
    expect(sent).toEqual([{ accept: 'text/csv', 'x-api-key': 'lamp' }])
  })

  it('are renewed when nine tenths of their life are over, with what the last login gave', async () => {
    const { request, logins, seen, clock } = aDoor()
    await request()
    await clock.advance(3_239_999)
    await request()
    await clock.advance(1)
    await times(3, request)
    expect(seen).toEqual(['Bearer 1', 'Bearer 1', 'Bearer 2', 'Bearer 2', 'Bearer 2'])
    expect(logins).toEqual([null, { headers: { authorization: 'Bearer 1' }, expiresIn: 3600 }])
  })

  it('are never renewed when they last for ever', async () => {
    const { request, logins, clock } = aDoor({ expiresIn: null })
    await request()
    await clock.advance(10 ** 12)
    await request()
    expect(logins).toHaveLength(1)
  })

  it('are renewed once when the target refuses them early, and the request is sent again', async () => {
    const { request, revoke, seen } = aDoor()
    await request()
    revoke(1)
    expect((await request()).attempts).toBe(2)
    await request()
    expect(seen).toEqual(['Bearer 1', 'Bearer 1', 'Bearer 2', 'Bearer 2'])
  })

  it('are renewed by exactly one login when they die under eight requests', async () => {
    const { request, revoke, logins } = aDoor()
    await request()
    revoke(1)
    await times(8, request)
    expect(logins).toHaveLength(2)
  })

  it('are given up when the renewed ones are refused as well, with every attempt counted', async () => {
    const { request, revoke, logins } = aDoor()
    revoke(1)
    revoke(2)
    const { kind, attempts } = await faultOf(request())
    expect([kind, attempts, logins.length]).toEqual(['credentials', 2, 2])
  })

  it('are not asked for again when they cannot be renewed', async () => {
    const { request, revoke, logins, seen } = aDoor({ expiresIn: null })
    revoke(1)
    expect((await faultOf(request())).kind).toBe('credentials')
    expect([logins.length, seen.length]).toEqual([1, 1])
  })

  it('fail every request that waits for a login that fails, and are asked for again after it', async () => {
    const door = aDoor()
    door.break(aFault('credentials', { http: 422 }))
    const faults = await Promise.all(Array.from({ length: 3 }, () => faultOf(door.request())))
    expect([faults.map(({ http }) => http), door.logins.length, door.seen]).toEqual([[422, 422, 422], 1, []])
    door.break(null)
    await door.request()
    expect(door.logins).toHaveLength(2)
  })

  it('leave any other fault as it is', async () => {
    const fault = aFault('ambiguous', { http: 502 })
    const send = authenticate(
      async () => ({ headers: {}, expiresIn: 3600 }),
      new ManualClock(),
    )(() => Promise.reject(fault))
    expect(await faultOf(send(aRequest()))).toBe(fault)
  })
})

describe('a token that is renewed after an attempt that may have taken effect', () => {
  it('does not make the doubt forgotten when the next attempt is refused', async () => {
    const lost = aFault('ambiguous')
    const turns = [aFault('credentials', { http: 401, cause: lost }), aFault('throttled', { http: 429 })]
    const login = async (): Promise<Token> => ({ headers: {}, expiresIn: 3600 })
    const send = authenticate(
      login,
      new ManualClock(),
    )(async () => {
      throw turns.shift() ?? new Error('asked a third time')
    })
    const fault = await faultOf(send(aRequest()))
    expect([fault.kind, fault.cause, fault.attempts]).toEqual(['throttled', lost, 2])
  })
})
