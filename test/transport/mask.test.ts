import { describe, expect, it } from 'vitest'
import { redactor } from '../../src/lib/redact.ts'
import { Fault } from '../../src/model/fault.ts'
import { createClient } from '../../src/transport/client.ts'
import { mask } from '../../src/transport/mask.ts'
import { anAnswer, aRequest, aWire, faultOf, rejection } from '../helpers/http.ts'
import { servers } from '../helpers/server.ts'

const serve = servers()
const TOKEN = 'canary+/"lamp"=='
const BASE64 = Buffer.from(TOKEN).toString('base64')
const FORMS = [TOKEN, encodeURIComponent(TOKEN), JSON.stringify(TOKEN).slice(1, -1), BASE64, BASE64.replace(/=+$/, '')]
const masked = mask(redactor([TOKEN]))

describe('mask', () => {
  it.each(FORMS)('hides a token that a server echoes in its body: %s', async form => {
    const { body } = await masked(aWire(anAnswer({ body: `bad token ${form}, see ${form}` })).send)(aRequest())
    expect(body).toBe('bad token ***, see ***')
  })

  it('hides what the request says nobody may see', async () => {
    const wire = aWire(anAnswer({ body: '{"refresh_token":"given-out"}' }))
    expect((await masked(wire.send)(aRequest({ secrets: ['given-out'] }))).body).toBe('{"refresh_token":"***"}')
  })

  it.each(FORMS)('hides it in headers: %s', async form => {
    const headers = { 'x-echo': `Bearer ${form}`, 'content-type': 'text/plain' }
    const answer = await masked(aWire(anAnswer({ headers })).send)(aRequest())
    expect(answer.headers).toEqual({ 'x-echo': 'Bearer ***', 'content-type': 'text/plain' })
  })

  it('hides it in the words of a fault and keeps everything else but the cause, which may hold the request', async () => {
    const fault = new Fault('ambiguous', `lost while sending ${TOKEN}`, {
      http: 502,
      requestId: 'request-1',
      retryAfter: 7,
      attempts: 1,
      reason: 'connection-lost',
      cause: new Error(TOKEN),
    })
    const seen = await faultOf(masked(aWire(fault).send)(aRequest()))
    expect([seen.message, { ...seen }, seen.cause]).toEqual(['lost while sending ***', { ...fault }, undefined])
  })

  it.each([
    ['authorization', 'Bearer issued-a-moment-ago'],
    ['Authorization', 'Basic aWQ6c2VjcmV0LWxhbXA='],
    ['x-api-key', 'key-of-the-lamp-shop'],
  ])('hides what the request itself carried in %s', async (name, value) => {
    const secret = value.split(' ').at(-1) ?? ''
    const answer = anAnswer({ body: `refused: ${value}`, headers: { 'x-echo': value } })
    const seen = await mask(redactor([]))(aWire(answer).send)(aRequest({ headers: { [name]: value } }))
    expect(JSON.stringify(seen)).not.toContain(secret)
  })

  it('lets defects pass', async () => {
    const defect = new TypeError('lamp is undefined')
    expect(await rejection(masked(() => Promise.reject(defect))(aRequest()))).toBe(defect)
  })

  it('hides what a real server echoes', async () => {
    const server = await serve(({ headers }) => ({
      status: 401,
      headers: { 'www-authenticate': `Bearer error="${encodeURIComponent(headers.authorization ?? '')}"` },
      body: JSON.stringify({ status: { code: -1, message: `no such token: ${headers.authorization}` } }),
    }))
    const client = createClient(1, { http: undefined, https: undefined, no: undefined })
    const answer = await masked(client.send)(
      aRequest({ url: server.url, headers: { authorization: `Bearer ${TOKEN}` } }),
    )
    expect(JSON.stringify(answer)).not.toContain('canary')
    expect(JSON.parse(answer.body)).toEqual({ status: { code: -1, message: 'no such token: Bearer ***' } })
    await client.close()
  })
})
