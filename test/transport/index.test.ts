import { afterEach, describe, expect, it } from 'vitest'
import { redactor } from '../../src/lib/redact.ts'
import type { RunEvent } from '../../src/model/event.ts'
import type { HttpRequest } from '../../src/model/http.ts'
import type { Read } from '../../src/transport/classify.ts'
import { openTransport, type Transport, type TransportOptions } from '../../src/transport/index.ts'
import { AutoClock } from '../helpers/clock.ts'
import { aRequest, faultOf } from '../helpers/http.ts'
import { inTurn, type Loopback, servers } from '../helpers/server.ts'

const serve = servers()
const TOKEN = 'canary-lamp-token'
const opened: Transport[] = []

afterEach(async () => {
  await Promise.all(opened.splice(0).map(transport => transport.close()))
})

/** Takes 2xx for answers, 429 for a throttle, 502 for doubt and the rest for a refusal. */
const read: Read = ({ status, body }) => {
  const kind = status < 300 ? 'answer' : status === 429 ? 'throttled' : status === 502 ? 'ambiguous' : 'refused'
  return { kind, message: body, requestId: null }
}

function open(server: Loopback, facts: Partial<TransportOptions> = {}) {
  const events: RunEvent[] = []
  const clock = new AutoClock()
  const stop = new AbortController()
  const abort = new AbortController()
  const transport = openTransport({
    target: 'shop',
    login: async () => ({ headers: { authorization: `Bearer ${TOKEN}` }, expiresIn: null }),
    read,
    replay: true,
    concurrency: 4,
    rate: null,
    timeout: 30_000,
    retries: 4,
    maxWait: 300_000,
    proxies: { http: undefined, https: undefined, no: undefined },
    agent: 'assetsync/1.2.3',
    redact: redactor([TOKEN]),
    clock,
    stop: stop.signal,
    abort: abort.signal,
    listen: event => events.push(event),
    ...facts,
  })
  opened.push(transport)
  const send = (request: Partial<HttpRequest> = {}) =>
    transport.send(aRequest({ url: `${server.url}/v1/assets?store_uuid=s`, body: Buffer.from('[]'), ...request }))
  return { send, meter: transport.meter, clock, events, stop, abort }
}

const is = (type: RunEvent['type']) => (event: RunEvent) => event.type === type

describe('transport', () => {
  it('sends an authenticated request and gives its answer', async () => {
    const server = await serve(() => ({ body: '{"lamp":1}' }))
    const { send, meter } = open(server)
    expect(await send()).toMatchObject({ status: 200, body: '{"lamp":1}', attempts: 1 })
    expect(server.seen).toMatchObject([
      { method: 'POST', body: '[]', headers: { authorization: `Bearer ${TOKEN}`, 'user-agent': 'assetsync/1.2.3' } },
    ])
    expect(meter).toEqual({ requests: 1, retries: 0, throttled: 0, bytesSent: 2 })
  })

  it('keeps the trace id of a request over its retries and gives the next one another', async () => {
    const server = await serve(inTurn({ status: 502 }, 'reset', { status: 429 }, {}))
    const { send } = open(server)
    await send()
    await send()
    const ids = server.seen.map(({ headers }) => headers['x-request-id'])
    expect([ids.length, new Set(ids.slice(0, 4)).size, new Set(ids).size]).toEqual([5, 1, 2])
  })

  it('counts every request that starts, retries and refusals included', async () => {
    const server = await serve(inTurn({ status: 502 }, { status: 429 }, { status: 429 }, {}))
    const { send, meter } = open(server)
    expect((await send()).attempts).toBe(4)
    expect(meter).toEqual({ requests: 4, retries: 3, throttled: 2, bytesSent: 8 })
  })

  it('logs in like any request: paced, masked, counted', async () => {
    const server = await serve(({ path }) => ({ body: path === '/token' ? '{"token":"fresh"}' : '{}' }))
    const login: TransportOptions['login'] = async send => {
      const { body } = await send({ method: 'POST', url: `${server.url}/token`, headers: {}, body: null })
      return { headers: { authorization: `Bearer ${JSON.parse(body).token}` }, expiresIn: 3600 }
    }
    const { send, meter } = open(server, { login, rate: { count: 1, perMs: 60_000 } })
    await send()
    expect(server.seen.map(({ path, headers }) => [path, headers.authorization])).toEqual([
      ['/token', undefined],
      ['/v1/assets?store_uuid=s', 'Bearer fresh'],
    ])
    expect(meter.requests).toBe(2)
  })

  it('lets retries take their turn under the rate like everybody else', async () => {
    const clock = new AutoClock()
    const starts: number[] = []
    const server = await serve((_, no) => {
      starts.push(clock.now())
      return no === 1 ? { status: 502 } : {}
    })
    const { send } = open(server, { clock, rate: { count: 1, perMs: 60_000 } })
    await send()
    expect(starts).toEqual([0, 60_250])
  })

  it('does not count the wait for a turn towards the deadline', async () => {
    const server = await serve(() => ({}))
    const { send } = open(server, { timeout: 1000, rate: { count: 1, perMs: 60_000 } })
    await send()
    expect((await send()).attempts).toBe(1)
  })

  it('retries what timed out, each time with a fresh deadline', async () => {
    const server = await serve(inTurn('silence', 'silence', {}))
    const { send, clock, events } = open(server, { timeout: 1000 })
    const answer = send()
    for (const no of [1, 2]) {
      await server.arrived(no)
      await clock.advance(1000)
    }
    expect((await answer).attempts).toBe(3)
    expect(events.filter(is('retry'))).toMatchObject([
      { reason: 'timeout', attempt: 1 },
      { reason: 'timeout', attempt: 2 },
    ])
  })

  it('pauses the whole target when one of its requests is told to slow down', async () => {
    const clock = new AutoClock()
    const starts: number[] = []
    const server = await serve((_, no) => {
      starts.push(clock.now())
      return no === 1 ? { status: 429, headers: { 'retry-after': '42' } } : {}
    })
    const { send, events } = open(server, { clock })
    const first = send()
    await server.arrived(1)
    while (events.every(({ type }) => type !== 'retry')) await new Promise(resolve => setImmediate(resolve))
    await Promise.all([first, send(), send()])
    expect(starts.map(Math.round)).toEqual([0, 42_000, 42_205, 42_408]) // spaced, never together
    expect(events.filter(is('waiting'))).toEqual([
      { type: 'waiting', target: 'shop', why: 'throttled', because: '429', waitMs: 42_000 },
    ])
  })

  it('tells of each request, retry and wait as it happens', async () => {
    const server = await serve(inTurn({ status: 429, headers: { 'retry-after': '7' }, body: 'slow down' }, {}, {}))
    const { send, events } = open(server, { rate: { count: 2, perMs: 60_000 } })
    await send()
    await send({ method: 'GET', body: null })
    const started = { type: 'started', target: 'shop' }
    const request = { type: 'request', target: 'shop', path: '/v1/assets', durationMs: 0 }
    expect(events).toEqual([
      started,
      { ...request, method: 'POST', http: 429, bytes: 2 },
      { type: 'retry', target: 'shop', reason: 'throttled', http: 429, message: 'slow down', attempt: 1, waitMs: 7000 },
      started,
      { ...request, method: 'POST', http: 200, bytes: 2 },
      { type: 'waiting', target: 'shop', why: 'rate', because: null, waitMs: 53_250 },
      started,
      { ...request, method: 'GET', http: 200, bytes: 0 },
    ])
  })

  it('never shows a secret that the server echoes: not in answers, faults or events', async () => {
    const echo = `no such token: ${TOKEN}, ${Buffer.from(TOKEN).toString('base64')}`
    const server = await serve(inTurn({ body: echo }, { status: 429, body: echo }, { status: 400, body: echo }))
    const { send, events } = open(server)
    const answer = await send()
    const fault = await faultOf(send())
    expect(answer.body).toBe('no such token: ***, ***')
    expect(fault.message).toBe('no such token: ***, ***')
    expect(JSON.stringify([answer, { ...fault }, fault.message, events])).not.toContain(TOKEN)
  })

  it('starts nothing after a stop, and lets what is under way end', async () => {
    const server = await serve(() => ({}))
    const { send, stop, meter } = open(server)
    const first = send()
    await server.arrived(1)
    stop.abort()
    expect((await first).status).toBe(200)
    expect((await faultOf(send())).kind).toBe('stopped')
    expect(meter.requests).toBe(1)
  })

  it('gives up what is under way after an abort', async () => {
    const server = await serve(() => 'silence')
    const { send, stop, abort } = open(server)
    const fault = faultOf(send())
    await server.arrived(1)
    stop.abort()
    abort.abort()
    const { kind, reason, attempts } = await fault
    expect({ kind, reason, attempts }).toEqual({ kind: 'stopped', reason: 'aborted', attempts: 1 })
  })

  it('bears many requests at once without a warning', async () => {
    const warnings: Error[] = []
    const note = (warning: Error) => warnings.push(warning)
    process.on('warning', note)
    const server = await serve(() => ({}))
    const { send } = open(server, { concurrency: 32, rate: { count: 32, perMs: 1000 } })
    await Promise.all(Array.from({ length: 64 }, () => send()))
    process.off('warning', note)
    expect(warnings).toEqual([])
  })
})
