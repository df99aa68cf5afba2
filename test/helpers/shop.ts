import type { Halt, Lane } from '../../src/engine/lane.ts'
import { z } from '../../src/lib/schema.ts'
import type { RunEvent } from '../../src/model/event.ts'
import type { Fault } from '../../src/model/fault.ts'
import type { Send } from '../../src/model/http.ts'
import type { Target } from '../../src/targets/target.ts'
import { aFault, anAnswer } from './http.ts'
import { aVerdict } from './items.ts'
import { noImage } from './wire.ts'

/** What happens instead of an answer to the nth request, counted from 1. */
export type Breaks = (no: number, codes: readonly string[]) => Fault | null

/** How a shop behaves. */
export interface Rules {
  /** Codes that it counts as failed. */
  readonly fails?: (code: string) => boolean
  /** Codes for which it refuses the whole request. */
  readonly refuses?: (code: string) => boolean
  /** The largest request it takes. */
  readonly atMost?: number
  readonly breaks?: Breaks
}

/** A target that answers with totals only, and the shop behind it. */
export interface Shop {
  readonly target: Target
  readonly send: Send
  /** The codes of each request. */
  readonly requests: readonly (readonly string[])[]
  /** The codes it holds. */
  readonly stored: ReadonlySet<string>
}

export function aShop({ fails = () => false, refuses = () => false, atMost = 100, breaks = () => null }: Rules): Shop {
  const requests: string[][] = []
  const stored = new Set<string>()
  const send: Send = async ({ body }) => {
    const codes: string[] = JSON.parse(String(body))
    const fault = breaks(requests.push(codes), codes)
    if (fault) throw fault
    if (codes.length > atMost) throw aFault('too-large', { http: 413, message: `at most ${atMost} lamps` })
    if (codes.some(refuses)) throw aFault('refused', { http: 422, message: 'a lamp is broken' })
    const good = codes.filter(code => !fails(code))
    const fresh = good.filter(code => !stored.has(code))
    for (const code of good) stored.add(code)
    const counts = { created: fresh.length, updated: good.length - fresh.length, failed: codes.length - good.length }
    return anAnswer({ body: JSON.stringify(counts) })
  }
  return { target: shopTarget, send, requests, stored }
}

/** Twenty lines: items are codes, answers are counts. */
const shopTarget: Target = {
  type: 'shop',
  title: 'Shop',
  docs: 'https://shop.example.com/docs',
  baseUrl: 'https://shop.example.com',
  cannot: [],
  unit: 'product',
  replay: 'upsert',
  tail: 'stays',
  limits: { items: 100, bytes: 1_000_000, concurrency: 4, rate: null },
  options: z.unknown(),
  account: () => 'lamps',
  login: async () => ({ headers: {}, expiresIn: null }),
  columns: () => [],
  meaning: () => ({ kind: 'answer', message: '', requestId: null }),
  encode: ({ code, gallery }) => [{ key: code, code, gallery, values: {} }],
  payload: ({ code, gallery }) => [code, ...gallery],
  async push({ items }, { send, baseUrl }) {
    const body = Buffer.from(JSON.stringify(items.map(({ code }) => code)))
    const answer = await send({ method: 'POST', url: baseUrl, headers: {}, body })
    const { created, updated, failed } = JSON.parse(answer.body)
    const passed = aVerdict({ status: updated === 0 ? 'created' : created === 0 ? 'updated' : 'accepted' })
    if (failed === 0) return items.map(() => passed)
    if (items.length === 1) return [aVerdict({ status: 'failed', reason: 'target-rejected', message: 'no such lamp' })]
    return items.map(() => ({ status: 'suspect', ifPassed: passed }))
  },
  probe: async () => undefined,
}

/** A lane to the shop, and what it tells while it is used. */
export function aLane(shop: Shop, facts: Partial<Lane> = {}): Lane & { readonly events: readonly RunEvent[] } {
  const events: RunEvent[] = []
  const meter = { requests: 0, retries: 0, throttled: 0, bytesSent: 0 }
  const send: Send = request => {
    meter.requests++
    return shop.send(request)
  }
  return {
    name: 'shop',
    target: shop.target,
    options: {},
    settings: { baseUrl: 'https://shop.example.com', concurrency: 1, rate: null, batchSize: 100, maxWait: 300 },
    wire: { send, meter, close: async () => undefined },
    listen: event => void events.push(event),
    redact: text => text,
    maxFailures: null,
    planned: 0,
    note: () => undefined,
    image: noImage,
    facts: undefined,
    pending: new Map(),
    halted: null,
    lost: 0,
    probes: 60,
    itemsAtOnce: 100,
    ...facts,
    events,
  }
}

export function aHalt(facts: Partial<Halt> = {}): Halt {
  return { exit: 5, rest: 'skipped', reason: 'throttled', message: 'Slow down.', ...facts }
}
