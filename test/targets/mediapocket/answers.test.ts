import { describe, expect, it } from 'vitest'
import { mediapocket } from '../../../src/targets/mediapocket/index.ts'
import { anAnswer } from '../../helpers/http.ts'

const read = (status: number, body: unknown, headers: Record<string, string> = {}) =>
  mediapocket.meaning(anAnswer({ status, headers, body: typeof body === 'string' ? body : JSON.stringify(body) }))

const asset = { id: '-vevooaEWuYCnLFQqe2l', external_id: 'LAMP-1#1', title: 'Lamp', media_type: 'placeholder' }

describe('mediapocket answers', () => {
  it.each([
    [400, 'refused', { error: 'External id has already been taken' }, 'External id has already been taken'],
    [400, 'refused', { error: 'not a valid HTTP URL' }, 'not a valid HTTP URL'],
    [422, 'refused', { error: 'Missing parameter title' }, 'Missing parameter title'],
    [401, 'credentials', { error: 'Unauthorized' }, 'Unauthorized'],
    [401, 'credentials', '', 'HTTP 401'],
    [403, 'credentials', '<h1>Forbidden</h1>', 'Forbidden'],
    [413, 'too-large', '', 'HTTP 413'],
    [429, 'throttled', { error: 'Slow down' }, 'Slow down'],
    [500, 'ambiguous', { error: 'Internal Server Error' }, 'Internal Server Error'],
    [502, 'ambiguous', '<html><body><h1>Bad Gateway</h1></body></html>', 'Bad Gateway'],
  ])('with %i are %s in the words of the vendor', (status, kind, body, message) => {
    expect(read(status, body)).toEqual({ kind, message, requestId: null })
  })

  it('lose the markup of the vendor’s error texts', () => {
    const error = 'Invalid parameter \'media_type\' value "image": Must be one of: <code>article</code>.'
    expect(read(422, { error }).message).toBe(
      'Invalid parameter \'media_type\' value "image": Must be one of: article.',
    )
    expect(read(422, { error: '<script>\n<b>no</b>\n lamps< today' }).message).toBe('no lamps< today')
  })

  it.each([
    ['an asset’s 404 is about this asset', { error: 'asset not found' }, 'refused'],
    ['an address that does not exist is told by Rails', { status: 404, error: 'Not Found' }, 'endpoint'],
    ['an address that does not exist is told by a page', '<!doctype html><title>404</title>', 'endpoint'],
    ['an address that does not exist is told by silence', '', 'endpoint'],
    ['an address that does not exist is told by somebody else', { errors: ['no route'] }, 'endpoint'],
  ])('with 404: %s', (_, body, kind) => {
    expect(read(404, body).kind).toBe(kind)
  })

  it.each([301, 302, 307, 308])('that redirect (%i) mean a wrong address and hide its query', status => {
    expect(read(status, '', { location: 'https://login.example.com/sso?token=secret' })).toMatchObject({
      kind: 'endpoint',
      message: 'redirected to https://login.example.com/sso; redirects are not followed',
    })
  })

  it.each([
    ['an asset', { asset }],
    ['an ok', { ok: 'ok' }],
    ['an asset without errors', { asset, errors: null }],
    ['an asset with an empty list of errors', { asset, errors: [] }],
    ['the media of a placeholder', { asset, errors: { error: 'No media found on this asset.', status: 400 } }],
  ])('are answers with %s', (_, body) => {
    expect(read(200, body).kind).toBe('answer')
  })

  it.each([
    [
      'an error inside',
      { asset, errors: { error: 'The asset is <b>locked</b>.', status: 423 } },
      'The asset is locked.',
    ],
    ['an error beside', { asset, error: 'not now' }, 'not now'],
    ['errors by field', { asset, errors: { title: ['is too long'] } }, '{"title":["is too long"]}'],
    ['a list of errors', { ok: 'ok', errors: ['not now'] }, '["not now"]'],
    [
      'another error beside the missing media',
      { asset, error: 'not now', errors: { error: 'No media found on this asset.', status: 400 } },
      'not now',
    ],
  ])('with 200 are refusals when they hold %s', (_, body, message) => {
    expect(read(200, body)).toEqual({ kind: 'refused', message, requestId: null })
  })

  it.each([
    ['a login page', '<!doctype html><title>Sign in</title>'],
    ['cut JSON', '{"asset":{"id":"-vevooaEWuYC'],
    ['nothing', ''],
    ['a list', [{ asset }]],
    ['null', 'null'],
    ['an empty object', {}],
    ['another ok', { ok: true }],
    ['an asset that is none', { asset: '-vevooaEWuYCnLFQqe2l' }],
  ])('with 200 cannot be read when they are %s', (_, body) => {
    expect(read(200, body)).toMatchObject({
      kind: 'unreadable',
      message: expect.stringMatching(/^HTTP 200, but not an answer of this API: /),
    })
  })

  it('give the trace id of the header', () => {
    expect(read(422, { error: 'no' }, { 'x-request-id': 'trace-1' }).requestId).toBe('trace-1')
    expect(read(200, { asset }, { 'x-request-id': 'trace-1' }).requestId).toBe('trace-1')
  })

  it('are cut where they are long', () => {
    for (const body of [{ error: 'lamp '.repeat(10_000) }, '<'.repeat(2_000_000), 'lamp '.repeat(10_000)]) {
      expect(read(400, body).message.length).toBeLessThan(250)
    }
  })

  it.each([
    [{ error: { reason: 'no lamp' } }, '{"reason":"no lamp"}'],
    [{ error: '' }, '{"error":""}'],
    ['no lamps today', 'no lamps today'],
    [' \n ', 'HTTP 400'],
  ])('of another form still say something: %j', (body, message) => {
    expect(read(400, body).message).toBe(message)
  })
})
