import { describe, expect, it } from 'vitest'
import { meaning } from '../../../src/targets/emporix/answers.ts'
import { anAnswer } from '../../helpers/http.ts'

const apigee = (faultstring: string, errorcode: string) => ({ fault: { faultstring, detail: { errorcode } } })
const service = (code: number, status: string, message: string, details: string[] = []) => ({
  code,
  status,
  message,
  details,
})

describe('meaning of an Emporix answer', () => {
  it.each([
    ['a list', 200, [], 'answer'],
    ['an asset', 200, { id: 'lamp' }, 'answer'],
    ['a new asset', 201, { id: 'lamp' }, 'answer'],
    ['a wrong token', 401, apigee('Invalid access token', 'oauth.v2.InvalidAccessToken'), 'credentials'],
    ['an old token', 401, apigee('Access Token expired', 'keymanagement.service.access_token_expired'), 'credentials'],
    ['a missing scope', 403, service(403, 'Bad request', 'Forbidden.', ['Missing required scopes']), 'credentials'],
    ['an asset that is not there', 404, service(404, 'element_resource_non_existing', 'No such asset.'), 'refused'],
    ['an address that is none of a service', 404, apigee('Unable to identify proxy', 'messaging.adaptors'), 'endpoint'],
    ['a stale version', 409, service(409, 'Conflict', 'Conflict'), 'refused'],
    [
      'another tenant',
      400,
      service(400, 'Bad request', 'Tenant in the header is not matching with the one provided in the URI.'),
      'credentials',
    ],
    ['a wrong body', 400, service(400, 'Bad request', 'The document version has to be provided.'), 'refused'],
    ['a large file', 413, service(413, 'Request Entity Too Large', 'The part named [file] is too large.'), 'too-large'],
    ['too many requests', 429, {}, 'throttled'],
    [
      'a spike, told by the gateway',
      500,
      apigee('Spike arrest', 'policies.ratelimit.SpikeArrestViolation'),
      'throttled',
    ],
    ['an error of the service', 500, service(500, 'internal_service_error', 'A server-side exception.'), 'ambiguous'],
    ['a bad gateway', 502, {}, 'ambiguous'],
  ])('that says %s', (_, status, body, kind) => {
    expect(meaning(anAnswer({ status, body: JSON.stringify(body) })).kind).toBe(kind)
  })

  it('takes an empty answer only from a 204', () => {
    expect([204, 200, 201].map(status => meaning(anAnswer({ status, body: '' })).kind)).toEqual([
      'answer',
      'unreadable',
      'unreadable',
    ])
  })

  it.each([
    ['the gateway', apigee('Invalid access token', 'oauth.v2.InvalidAccessToken'), 'Invalid access token'],
    [
      'a service',
      service(403, 'Bad request', 'Forbidden.', ['Missing required scopes']),
      'Forbidden. Missing required scopes',
    ],
    [
      'a service, without the address of its general page',
      service(400, 'Bad request', 'Version needed.', ['https://saas-ag.com/patterns/errortypes.html']),
      'Version needed.',
    ],
    [
      'OAuth',
      { error: 'invalid_client', error_description: 'Client credentials are invalid' },
      'Client credentials are invalid',
    ],
    ['nobody', {}, '{}'],
  ])('repeats the words of %s', (_, body, message) => {
    expect(meaning(anAnswer({ status: 400, body: JSON.stringify(body) })).message).toBe(message)
  })

  it('takes the markup out of a page', () => {
    const body = '<html><head><title>Down</title></head>\n<body><h1>Back soon</h1></body></html>'
    expect(meaning(anAnswer({ status: 200, body }))).toEqual({
      kind: 'unreadable',
      message: 'HTTP 200, but not an answer of this API: Down Back soon',
      requestId: null,
    })
  })

  it('does not repeat the token of an answer that is cut', () => {
    const { kind, message } = meaning(anAnswer({ body: '{"access_token":"lamp-token-4711","expires' }))
    expect({ kind, message }).toEqual({
      kind: 'unreadable',
      message: 'HTTP 200, but not an answer of this API: a token that is cut',
    })
  })

  it('says where a redirect goes, without the query', () => {
    const answer = anAnswer({ status: 301, headers: { location: 'https://login.example/?token=1' }, body: '' })
    expect(meaning(answer)).toMatchObject({
      kind: 'endpoint',
      message: 'redirected to https://login.example/; redirects are not followed',
    })
  })

  it('is quick with bodies made to be slow', () => {
    expect(meaning(anAnswer({ status: 400, body: '<'.repeat(5_000_000) })).message.length).toBeLessThan(400)
  })
})
