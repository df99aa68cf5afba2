import { describe, expect, it } from 'vitest'
import { FAULTS } from '../../src/model/fault.ts'
import { classify, type Read } from '../../src/transport/classify.ts'
import { ManualClock } from '../helpers/clock.ts'
import { anAnswer, aRequest, aWire, faultOf } from '../helpers/http.ts'

function reading(kind: ReturnType<Read>['kind']): Read {
  return ({ body }) => ({ kind, message: `${kind}: ${body}`, requestId: 'request-1' })
}

describe('classify', () => {
  it('lets real answers pass, whatever their status', async () => {
    const answer = anAnswer({ status: 207, body: '[]' })
    const send = classify(reading('answer'), new ManualClock())(aWire(answer).send)
    expect(await send(aRequest())).toBe(answer)
  })

  it.each(FAULTS)('turns everything else into the fault that the target says it is: %s', async kind => {
    const answer = anAnswer({ status: 499, headers: { 'retry-after': '7' }, body: 'no lamps' })
    const send = classify(reading(kind), new ManualClock())(aWire(answer).send)
    const { message, http, requestId, retryAfter, attempts, ...fault } = await faultOf(send(aRequest()))
    expect({ kind: fault.kind, message, http, requestId, retryAfter, attempts }).toEqual({
      kind,
      message: `${kind}: no lamps`,
      http: 499,
      requestId: 'request-1',
      retryAfter: 7000,
      attempts: 1,
    })
  })

  it('reads a Retry-After date by the clock of the run when the answer has no Date', async () => {
    const headers = { 'retry-after': 'Thu, 01 Jan 2026 00:01:00 GMT' }
    const send = classify(reading('throttled'), new ManualClock())(aWire(anAnswer({ status: 429, headers })).send)
    expect((await faultOf(send(aRequest()))).retryAfter).toBe(60_000)
  })

  it.each<[ReturnType<Read>['kind'], Record<string, string>, number | null]>([
    ['throttled', { 'ratelimit-reset': '60' }, 60_000],
    ['throttled', { 'ratelimit-reset': '60', 'retry-after': 'later' }, 60_000],
    ['throttled', { 'ratelimit-reset': '60', 'retry-after': '7' }, 7000],
    ['throttled', { 'ratelimit-reset': '60', 'retry-after': '0' }, 0],
    ['ambiguous', { 'ratelimit-reset': '60' }, null],
  ])(
    'takes the end of a limit that is used up for a Retry-After that is missing: %s, %j',
    async (kind, headers, ms) => {
      const send = classify(reading(kind), new ManualClock())(aWire(anAnswer({ status: 499, headers })).send)
      expect((await faultOf(send(aRequest()))).retryAfter).toBe(ms)
    },
  )

  it.each([
    ['https://login.example.com/sso?token=lamp', 'redirects to https://login.example.com/sso'],
    ['https://anna:lamp@login.example.com/sso#top', 'redirects to https://login.example.com/sso'],
    ['/v2/assets?store=lamp', 'redirects to https://api.example.com/v2/assets'],
    ['javascript:alert(1)', 'redirects to javascript:'],
    ['http://[', 'redirects'],
    [undefined, 'redirects'],
  ])('never takes a redirect for an answer, and names where it leads without secrets: %s', async (location, words) => {
    for (const status of [300, 301, 302, 303, 304, 307, 308]) {
      const answer = anAnswer({ status, headers: location === undefined ? {} : { location } })
      const send = classify(reading('answer'), new ManualClock())(aWire(answer).send)
      const { kind, message, http } = await faultOf(send(aRequest()))
      expect([kind, message, http]).toEqual([
        'endpoint',
        `api.example.com ${words}; redirects are not followed`,
        status,
      ])
    }
  })
})
