import { afterEach, describe, expect, it } from 'vitest'
import type { Fault, FaultKind } from '../../src/model/fault.ts'
import type { Send } from '../../src/model/http.ts'
import { meaningOfStatus } from '../../src/targets/status.ts'
import { createClient } from '../../src/transport/client.ts'
import { dress, openTransport, type Transport, type TransportOptions } from '../../src/transport/index.ts'
import { AutoClock } from '../helpers/clock.ts'
import { aRequest, faultOf } from '../helpers/http.ts'
import { inTurn, type Misbehaviour, servers } from '../helpers/server.ts'

const serve = servers()
const opened: Transport[] = []

afterEach(async () => {
  await Promise.all(opened.splice(0).map(transport => transport.close()))
})

/** For a target that leaves the reading of statuses to the defaults, with four retries. */
function options(facts: Partial<TransportOptions> = {}): TransportOptions {
  return {
    target: 'shop',
    login: async () => ({ headers: {}, expiresIn: null }),
    read: ({ status }) => ({ kind: meaningOfStatus(status), message: `HTTP ${status}`, requestId: null }),
    replay: true,
    concurrency: 4,
    rate: null,
    timeout: 30_000,
    retries: 4,
    maxWait: 10_000,
    proxies: { http: undefined, https: undefined, no: undefined },
    agent: 'assetsync/test',
    redact: text => text,
    clock: new AutoClock(),
    stop: new AbortController().signal,
    abort: new AbortController().signal,
    listen: () => undefined,
    random: () => 0.5,
    ...facts,
  }
}

function open(facts: Partial<TransportOptions> = {}): Transport {
  const transport = openTransport(options(facts))
  opened.push(transport)
  return transport
}

/** How a request ends that is always answered so, and how often it arrives: where a replay does no harm, and where it may. */
async function endings(answer: { status: number; headers?: Record<string, string> } | Misbehaviour) {
  const ends: { kind: FaultKind; reason: string; sent: number }[] = []
  for (const replay of [true, false]) {
    const server = await serve(() => answer)
    const { kind, reason } = await faultOf(
      open({ replay }).send(aRequest({ url: server.url, body: Buffer.from('[]') })),
    )
    ends.push({ kind, reason, sent: server.seen.length })
  }
  return ends
}

type Row = readonly [FaultKind, reason: string, sent: number, sentWhereReplayMayHarm: number]

/** What each answer means unless the target's own document says otherwise, and how often it is sent with four retries. */
const STATUSES: readonly (readonly [readonly number[], Row])[] = [
  [
    [408, 423, 425],
    ['ambiguous', 'target-unavailable', 5, 1],
  ],
  [
    [500, 502, 503, 504],
    ['ambiguous', 'target-unavailable', 5, 1],
  ],
  [
    [501, 505],
    ['endpoint', 'target-refused', 1, 1],
  ],
  [
    [404, 405],
    ['endpoint', 'target-refused', 1, 1],
  ],
  [
    [301, 302, 303, 307, 308],
    ['endpoint', 'target-refused', 1, 1],
  ],
  [
    [401, 403],
    ['credentials', 'credentials-refused', 1, 1],
  ],
  [[413], ['too-large', 'too-large', 1, 1]],
  [
    [400, 406, 409, 415, 422],
    ['refused', 'target-rejected', 1, 1],
  ],
  [[429], ['throttled', 'throttled', 4, 4]], // after 1, 2 and 4 s; the next wait is over --max-wait
]

describe('what becomes of a request', () => {
  it.each(STATUSES.flatMap(([statuses, row]) => statuses.map(status => [status, ...row] as const)))(
    'answered with %i: %s (%s), sent %i times, or %i where a replay may do harm',
    async (status, kind, reason, sent, sentOnce) => {
      expect(await endings({ status })).toEqual([
        { kind, reason, sent },
        { kind, reason, sent: sentOnce },
      ])
    },
  )

  it.each<[Misbehaviour, ...Row]>([
    ['reset', 'ambiguous', 'connection-lost', 5, 1],
    ['cut', 'ambiguous', 'connection-lost', 5, 1],
  ])('whose connection is %s: %s (%s), sent %i times, or %i', async (misbehaviour, kind, reason, sent, sentOnce) => {
    expect(await endings(misbehaviour)).toEqual([
      { kind, reason, sent },
      { kind, reason, sent: sentOnce },
    ])
  })

  it('answered with a status and a time to come back: as often as --max-wait allows, where a replay does no harm', async () => {
    expect(await endings({ status: 503, headers: { 'retry-after': '4' } })).toEqual([
      { kind: 'throttled', reason: 'throttled', sent: 3 },
      { kind: 'ambiguous', reason: 'target-unavailable', sent: 1 },
    ])
  })

  it.each([429, 503])(
    'answered with %i and a time to come back that is years away: once, and nobody waits',
    async status => {
      for (const time of ['999999999', 'Fri, 31 Dec 9999 23:59:59 GMT']) {
        const server = await serve(() => ({ status, headers: { 'retry-after': time } }))
        const clock = new AutoClock()
        const { kind, message } = await faultOf(open({ clock }).send(aRequest({ url: server.url })))
        expect([kind, server.seen.length, clock.now()]).toEqual(['throttled', 1, 0])
        expect(message).toContain('it asks to come back in')
      }
    },
  )

  it('whose connection is refused: five times, whatever a replay may do', async () => {
    const server = await serve(() => ({}))
    await server.close()
    for (const replay of [true, false]) {
      const { kind, attempts } = await faultOf(open({ replay }).send(aRequest({ url: server.url })))
      expect([kind, attempts]).toEqual(['unreachable', 5])
    }
  })

  it('is up to the target where its document says something else', async () => {
    const server = await serve(inTurn({ status: 404 }, {}))
    const read: TransportOptions['read'] = ({ status }) => ({
      kind: status === 404 ? 'ambiguous' : 'answer',
      message: '',
      requestId: null,
    })
    expect((await open({ read }).send(aRequest({ url: server.url }))).attempts).toBe(2)
  })
})

describe('a target whose port is closed', () => {
  /** Twenty products to send, four at once, to a port that opens after so long. */
  async function push(closedFor: number) {
    const dead = await serve(() => ({}))
    await dead.close()
    const back = await serve(() => ({}))
    const client = createClient(4, { http: undefined, https: undefined, no: undefined })
    const clock = new AutoClock()
    const wire: Send = request => client.send({ ...request, url: clock.now() < closedFor ? dead.url : back.url })
    const { send } = dress(wire, options({ clock }))
    const ends = Array.from({ length: 20 }, () =>
      send(aRequest({ url: dead.url })).then(
        () => 'answered',
        ({ kind }: Fault) => kind,
      ),
    )
    const kinds = new Set(await Promise.all(ends))
    await client.close()
    return { kinds: [...kinds], arrived: back.seen.length, seconds: clock.now() / 1000 }
  }

  it('loses nothing when it is open again after three seconds', async () => {
    const { kinds, arrived, seconds } = await push(3000)
    expect([kinds, arrived]).toEqual([['answered'], 20])
    expect(seconds).toBeLessThan(8)
  })

  it('ends it all within seconds when it stays closed', async () => {
    const { kinds, arrived, seconds } = await push(Number.POSITIVE_INFINITY)
    expect([kinds, arrived]).toEqual([['unreachable'], 0])
    expect(seconds).toBeLessThan(15)
  })
})
