import { describe, expect, it } from 'vitest'
import { akeneo } from '../../../src/targets/akeneo/index.ts'
import { verdicts } from '../../../src/targets/akeneo/verdicts.ts'
import type { ItemAnswer } from '../../../src/targets/target.ts'
import { anAnswer } from '../../helpers/http.ts'
import { anItem } from '../../helpers/items.ts'
import { told } from './rig.ts'

const read = (status: number, body: unknown, headers: Record<string, string> = {}) =>
  akeneo.meaning(anAnswer({ status, headers, body: typeof body === 'string' ? body : JSON.stringify(body) }))

const error = (code: number, message: string, more: object = {}) => ({ code, message, ...more })

describe('akeneo errors', () => {
  it.each([
    [400, 'refused', 'Invalid json message received'],
    [401, 'credentials', 'The access token provided is invalid.'],
    [403, 'credentials', 'Access forbidden. You are not allowed to create or update assets.'],
    [404, 'endpoint', 'Asset family "packshot" does not exist.'],
    [404, 'endpoint', 'No route found for "GET /api/rest/v1/lamps"'],
    [404, 'refused', 'Product "LAMP-1" does not exist or you do not have permission to access it.'],
    [406, 'endpoint', '"text/html" in "Accept" header is not valid.'],
    [413, 'too-large', 'Too many resources to process, 100 is the maximum allowed.'],
    [415, 'endpoint', 'The "Content-Type" header is missing.'],
    [422, 'refused', 'The search filters have an invalid format.'],
    [429, 'throttled', 'You have exceeded the limit of API requests per second.'],
    [500, 'ambiguous', 'Internal Server Error'],
    [503, 'ambiguous', 'Service Unavailable'],
  ])('reads %i as %s: %s', (status, kind, message) => {
    expect(read(status, error(status, message))).toEqual({ kind, message, requestId: null })
  })

  it('shows what is in errors[], because the message alone says nothing', () => {
    const errors = [
      { property: 'values.website[0].data', message: 'The data (integer) must match the type: string, null' },
      { property: 'values.media[0]', message: 'The required properties (locale) are missing' },
    ]
    expect(read(422, error(422, 'The asset has an invalid format.', { errors })).message).toBe(
      'The asset has an invalid format. values.website[0].data: The data (integer) must match the type: string, null; values.media[0]: The required properties (locale) are missing',
    )
  })

  it('takes a 403 that is not the PIM’s own for a request that is too large', () => {
    expect(read(403, '<html><h1>403 Forbidden</h1></html>')).toEqual({
      kind: 'too-large',
      message: '403 Forbidden',
      requestId: null,
    })
  })

  it('takes a 404 page for a wrong address', () => {
    expect(read(404, '<html><h1>Not Found</h1></html>').kind).toBe('endpoint')
  })

  it('says nothing in tags, and not too much', () => {
    expect(read(502, '<html>\n<h1>502 <b>Bad Gateway</b></h1>\n</html>').message).toBe('502 Bad Gateway')
    expect(read(500, '<'.repeat(1_000_000)).message.length).toBeLessThanOrEqual(500)
    expect(read(422, error(422, 'lamp '.repeat(1000))).message.length).toBeLessThanOrEqual(500)
    expect(read(500, '').message).toBe('HTTP 500')
  })

  it('hides the query of a redirect', () => {
    expect(read(302, '', { location: 'https://login.example.com/sso?token=secret' })).toEqual({
      kind: 'endpoint',
      message: 'redirected to https://login.example.com/sso; redirects are not followed',
      requestId: null,
    })
  })

  it('knows the trace id of the answer', () => {
    expect(read(500, '', { 'x-request-id': 'lamp-7' }).requestId).toBe('lamp-7')
  })
})

describe('akeneo success', () => {
  it.each([
    [200, '[]'],
    [200, '{"access_token":"t"}'],
    [200, '{"line":1,"status_code":204}\n{"line":2,"status_code":204}\n'],
    [201, ''],
    [204, ''],
  ])('is %i with %j', (status, body) => {
    expect(read(status, body).kind).toBe('answer')
  })

  it.each([
    ['a login page', 200, '<!doctype html><title>Sign in</title>'],
    ['nothing', 200, ''],
    ['cut JSON', 200, '[{"code":"LAMP_1","status_co'],
    ['cut lines', 200, '{"line":1,"status_code":204}\n{"line":2,"sta'],
    ['a page where nothing is expected', 201, '<html></html>'],
    ['a status that is not documented', 202, '[]'],
    ['several statuses', 207, '[]'],
  ])('is not %s', (_, status, body) => {
    expect(read(status, body).kind).toBe('unreadable')
  })

  it('is not half a token, which is not shown either', () => {
    const { kind, message } = read(200, '{"access_token":"NTA0Zjc0","refresh_tok')
    expect([kind, message]).toEqual(['unreadable', 'HTTP 200, but not an answer of this API: a token that is cut'])
  })
})

describe('akeneo results of a list', () => {
  const items = ['LAMP_1', 'LAMP_2', 'LAMP_3'].map(key => anItem({ key }))
  const of = (entries: unknown, facts: { action?: 'create' | 'update'; attempts?: number } = {}): ItemAnswer[] => {
    const { action = 'create', attempts = 1 } = facts
    const response = anAnswer({ body: JSON.stringify(entries), attempts, headers: { 'x-request-id': 'lamp-7' } })
    return [...verdicts(action, items, response).values()]
  }
  const passed = (code: string, status_code = 201) => ({ code, status_code })

  it('tell created from updated and failed, item by item', () => {
    const refused = { code: 'LAMP_3', status_code: 422, message: 'Asset code is taken.' }
    const facts = { http: 200, requestId: 'lamp-7', remoteId: null, attempts: 1 }
    expect(of([passed('LAMP_1'), passed('LAMP_2', 204), refused])).toEqual([
      { status: 'created', reason: null, message: null, ...facts },
      { status: 'updated', reason: null, message: null, ...facts },
      { status: 'failed', reason: 'target-rejected', message: 'Asset code is taken.', ...facts },
    ])
  })

  it('are matched by their codes, in whatever order they come', () => {
    const refused = { code: 'LAMP_3', status_code: 422, message: 'Asset code is taken.' }
    expect(of([refused, passed('lamp_1'), passed('LAMP_2', 204)]).map(told)).toEqual([
      ['created', null, null],
      ['updated', null, null],
      ['failed', 'target-rejected', 'Asset code is taken.'],
    ])
  })

  it('are matched by their place where they have no code, as a refused item may', () => {
    const refused = {
      code: '',
      status_code: 422,
      message: 'The asset has an invalid format.',
      errors: [{ message: 'no' }],
    }
    expect(of([refused, passed('LAMP_2'), refused]).map(told)).toEqual([
      ['failed', 'target-rejected', 'The asset has an invalid format. no'],
      ['created', null, null],
      ['failed', 'target-rejected', 'The asset has an invalid format. no'],
    ])
  })

  it('are a success under the code that was sent only, whatever its case', () => {
    expect(of([passed('SOFA_1'), passed('lamp_2'), passed('LAMP_3')]).map(({ status }) => status)).toEqual([
      'fault',
      'created',
      'created',
    ])
  })

  it.each([
    ['two successes', passed('LAMP_1'), passed('lamp_1')],
    ['a success and a refusal', passed('LAMP_1'), { code: 'LAMP_1', status_code: 422, message: 'no' }],
  ])('leave an item open of which they tell twice: %s', (_, first, second) => {
    expect(of([first, second, passed('LAMP_3')]).map(told)).toEqual([
      ['fault', 'unreadable', 'HTTP 200, but not an answer of this API: "2 entries for LAMP_1"'],
      ['fault', 'unreadable', 'HTTP 200, but not an answer of this API: "no entry for LAMP_2"'],
      ['created', null, null],
    ])
  })

  it('leave those open that they do not mention', () => {
    expect(of([passed('LAMP_1')]).map(told)).toEqual([
      ['created', null, null],
      ['fault', 'unreadable', 'HTTP 200, but not an answer of this API: "no entry for LAMP_2"'],
      ['fault', 'unreadable', 'HTTP 200, but not an answer of this API: "no entry for LAMP_3"'],
    ])
  })

  it('beyond those that were sent cannot be read at all: they are of another request', () => {
    const entries = ['LAMP_1', 'LAMP_2', 'LAMP_3', 'LAMP_4'].map(code => passed(code))
    expect(() => of(entries)).toThrow(
      expect.objectContaining({
        kind: 'unreadable',
        message: 'HTTP 200, but not an answer of this API: "4 entries for 3 assets"',
      }),
    )
  })

  it.each([null, 7, [], {}, { code: 'LAMP_1' }, passed('LAMP_1', 200), passed('LAMP_1', 500), { status_code: 201 }])(
    'are no success in another shape: %j',
    entry => {
      expect(of([entry, passed('LAMP_2'), passed('LAMP_3')]).map(({ status }) => status)).toEqual([
        'fault',
        'created',
        'created',
      ])
    },
  )

  it.each([null, {}, 'ok', { message: 'ok' }])('that are no list cannot be read at all: %j', entries => {
    expect(() => of(entries)).toThrow(expect.objectContaining({ kind: 'unreadable', http: 200, attempts: 1 }))
  })

  it('after a lost answer do not say who created what they call updated', () => {
    const entries = [passed('LAMP_1'), passed('LAMP_2', 204), passed('LAMP_3', 204)]
    expect(of(entries, { attempts: 2 }).map(told)).toEqual([
      ['created', null, null],
      [
        'accepted',
        'sent-again',
        'It was sent more than once; Akeneo says updated, but may have created it the time before.',
      ],
      [
        'accepted',
        'sent-again',
        'It was sent more than once; Akeneo says updated, but may have created it the time before.',
      ],
    ])
    expect(of(entries, { attempts: 2, action: 'update' })[1]?.status).toBe('updated')
  })
})
