import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Lane } from '../../src/engine/lane.ts'
import { journalled, packed } from '../../src/engine/plan-into.ts'
import { type Sending, send } from '../../src/engine/push.ts'
import { openLedger } from '../../src/ledger/index.ts'
import type { Ledger } from '../../src/ledger/ledger.ts'
import { FAULTS, type FaultKind } from '../../src/model/fault.ts'
import { countItems, noTotals, type Outcome, type Totals } from '../../src/model/outcome.ts'
import type { Product, Rejection } from '../../src/model/product.ts'
import { ManualClock } from '../helpers/clock.ts'
import { aFault } from '../helpers/http.ts'
import { aProduct, aRejection, products } from '../helpers/items.ts'
import { aHalt, aLane, aShop, type Shop } from '../helpers/shop.ts'

let ledger: Ledger
let runs = 0

beforeEach(() => {
  ledger = openLedger(null)
})

afterEach(() => {
  ledger.close()
})

interface Facts extends Partial<Lane> {
  readonly stop?: AbortController
  readonly batchSize?: number
  readonly full?: boolean
}

/** Plans and sends these products to the shop as one run does, in batches of ten. */
async function push(shop: Shop, goods: readonly (Product | Rejection)[], facts: Facts = {}) {
  const { stop = new AbortController(), batchSize = 10, full = false, ...rest } = facts
  const { id } = ledger.register({ name: 'shop', type: 'shop', origin: 'https://shop.example.com', account: 'lamps' })
  const run = { command: 'push lamps.csv', version: '1.2.3', startedAt: '2026-01-01T00:00:00Z', source: 'lamps.csv' }
  const journal = ledger.start({ ...run, id: `run-${++runs}`, whole: true })
  const held = (keys: readonly string[]) => ledger.held(id, keys)
  const mayArrive = () => new Set<string>()
  const whoNames = () => null
  const planning = {
    entries: () => goods,
    target: shop.target,
    options: {},
    full,
    held,
    mayArrive,
    whoNames,
    pruning: null,
  }
  const plan = await journalled(journal, id, packed(planning, { items: batchSize, bytes: 1_000_000 }), () => 0)
  const lane = aLane(shop, { planned: plan.actions.create + plan.actions.update, ...rest })
  const clock = new ManualClock()
  const maxDelete = { amount: 10, percent: true }
  const sending: Sending = { journal, ledger, id, plan, clock, maxDelete, stop: stop.signal }
  const sent = await send(lane, sending)
  return {
    ...sent,
    plan,
    lane,
    outcomes: [...journal.outcomes(id, 'shop')],
    held: (key: string) => held([key]).get(key),
  }
}

function counted(outcomes: readonly Outcome[]): Totals {
  const totals = noTotals()
  for (const { status } of outcomes) totals[status]++
  return totals
}

const totals = (facts: Partial<Totals>): Totals => ({ ...noTotals(), ...facts })
const changed = (goods: readonly Product[]) =>
  goods.map(product => ({ ...product, gallery: product.gallery.map(url => `${url}?v=2`) }))

describe('push to one target', () => {
  it('plans into the journal, sends full batches and tells of each item in the order of the feed', async () => {
    const shop = aShop({})
    const goods = [aRejection({ seq: 0 }), ...products(24).map(each => ({ ...each, seq: each.seq + 1 }))]
    const { plan, summary, exits, halted, outcomes } = await push(shop, goods)
    expect([plan.actions, plan.batches]).toEqual([{ create: 24, update: 0, unchanged: 0, reject: 1, delete: 0 }, 3])
    expect(shop.requests.map(({ length }) => length)).toEqual([10, 10, 4])
    expect(summary).toEqual({
      name: 'shop',
      type: 'shop',
      totals: totals({ created: 24, rejected: 1 }),
      items: 25,
      requests: 3,
      retries: 0,
      throttled: 0,
      bytesSent: 0,
      durationMs: 0,
      endpoint: 'https://shop.example.com',
    })
    expect([exits.toSorted(), halted]).toEqual([[0, 0, 1], null])
    expect(outcomes.map(({ source }) => source)).toEqual(goods.map(({ source }) => source))
    expect(outcomes[11]).toEqual({
      target: 'shop',
      code: 'LAMP-011',
      key: 'LAMP-011',
      status: 'created',
      images: 2,
      attempts: 1,
      batch: 2,
      http: 200,
      requestId: 'request-1',
      remoteId: null,
      reason: null,
      message: null,
      source: 'lamps.csv:12',
    })
  })

  it('sends nothing the second time, and only what changed the third', async () => {
    const shop = aShop({})
    const goods = products(25)
    await push(shop, goods)
    expect((await push(shop, goods)).summary.totals).toEqual(totals({ unchanged: 25 }))
    expect(shop.requests).toHaveLength(3)
    const third = await push(shop, [...changed(goods.slice(0, 1)), ...goods.slice(1)])
    expect(third.summary.totals).toEqual(totals({ unchanged: 24, updated: 1 }))
    expect(shop.requests.slice(3)).toEqual([['LAMP-001']])
  })

  it('sends everything again when asked to', async () => {
    const shop = aShop({})
    await push(shop, products(3))
    expect((await push(shop, products(3), { full: true })).summary.totals).toEqual(totals({ updated: 3 }))
  })

  it('makes no request for an empty plan', async () => {
    const shop = aShop({})
    const { summary, exits } = await push(shop, [])
    expect([summary.items, shop.requests, exits.toSorted()]).toEqual([0, [], [0, 0, 0]])
  })

  it('tells of batches as they are settled', async () => {
    const { lane } = await push(aShop({ fails: code => code === 'LAMP-011' }), products(12))
    expect(lane.events).toEqual([
      { type: 'settled', target: 'shop', counts: { created: 10 } },
      { type: 'settled', target: 'shop', counts: { failed: 1, created: 1 } },
    ])
  })

  it('never has more batches under way than it may', async () => {
    for (const concurrency of [1, 3]) {
      let most = 0
      let running = 0
      const shop = aShop({})
      const wire = {
        ...aLane(shop).wire,
        send: async (request: Parameters<Shop['send']>[0]) => {
          most = Math.max(most, ++running)
          await new Promise(resolve => setImmediate(resolve))
          running--
          return shop.send(request)
        },
      }
      const settings = { ...aLane(shop).settings, concurrency }
      ledger.close()
      ledger = openLedger(null)
      await push(shop, products(100), { wire, settings })
      expect([most, shop.stored.size]).toEqual([concurrency, 100])
    }
  })

  it('puts an image that was left out into the exit code, whether the rest is sent or not', async () => {
    const shop = aShop({})
    const goods = [aProduct({ dropped: 'Left out: no address.' })]
    const first = await push(shop, goods)
    const second = await push(shop, goods)
    expect([first, second].map(({ exits }) => Math.max(...exits))).toEqual([1, 1])
    expect([first, second].map(({ outcomes }) => outcomes.map(({ status, reason }) => [status, reason]))).toEqual([
      [['created', 'image-dropped']],
      [['unchanged', 'image-dropped']],
    ])
  })

  it('settles a batch before its place is given to the next, so that a crash costs one batch', async () => {
    const shop = aShop({ breaks: no => (no === 2 ? aFault('ambiguous') : null) })
    const { held } = await push(shop, products(30))
    expect([held('LAMP-001')?.fingerprint === null, held('LAMP-011'), held('LAMP-021') === undefined]).toEqual([
      false,
      undefined,
      false,
    ])
  })

  it('doubts what a failed request was about, so that the next run sends it again', async () => {
    let isDown = false
    const shop = aShop({ breaks: () => (isDown ? aFault('ambiguous') : null) })
    const goods = products(3)
    await push(shop, goods)
    isDown = true
    const lost = await push(shop, changed(goods))
    expect([lost.summary.totals, lost.held('LAMP-001')?.fingerprint]).toEqual([totals({ failed: 3 }), null])
    isDown = false
    expect((await push(shop, goods)).summary.totals).toEqual(totals({ updated: 3 }))
  })

  it('does not doubt what was refused at the door', async () => {
    let isClosed = false
    const shop = aShop({ breaks: () => (isClosed ? aFault('credentials', { http: 401 }) : null) })
    const goods = products(3)
    await push(shop, goods)
    isClosed = true
    expect((await push(shop, changed(goods))).summary.totals).toEqual(totals({ skipped: 3 }))
    isClosed = false
    expect((await push(shop, goods)).summary.totals).toEqual(totals({ unchanged: 3 }))
  })
})

describe('push to a target that has to be prepared', () => {
  const prepared = (work: () => Promise<unknown>): Shop => {
    const shop = aShop({})
    return { ...shop, target: { ...shop.target, prepare: work } }
  }

  it('prepares once, before the first batch, and hands over what it found out', async () => {
    let calls = 0
    const { lane, summary } = await push(
      prepared(async () => ({ calls: ++calls })),
      products(30),
    )
    expect([lane.facts, summary.totals]).toEqual([{ calls: 1 }, totals({ created: 30 })])
  })

  it('does not prepare for nothing', async () => {
    const shop = prepared(() => Promise.reject(new Error('asked')))
    expect((await push(shop, [])).summary.items).toBe(0)
    expect((await push(shop, products(1), { halted: aHalt() })).summary.totals).toEqual(totals({ skipped: 1 }))
  })

  it.each<[FaultKind, Partial<Totals>, number]>([
    ['credentials', { skipped: 12 }, 4],
    ['unreachable', { skipped: 12 }, 5],
    ['throttled', { skipped: 12 }, 5],
    ['endpoint', { failed: 12 }, 1],
    ['refused', { failed: 12 }, 1],
    ['ambiguous', { skipped: 12 }, 5],
    ['unreadable', { skipped: 12 }, 5],
  ])('sends nothing when that ends in %s: %o, exit %i', async (kind, expected, exit) => {
    const shop = prepared(() => Promise.reject(aFault(kind, { http: 418 })))
    const { summary, exits, outcomes } = await push(shop, products(12))
    expect([summary.totals, Math.max(...exits), shop.requests]).toEqual([totals(expected), exit, []])
    expect(outcomes.every(({ attempts, message }) => attempts === 0 && message?.includes('a lamp fell'))).toBe(true)
  })
})

describe('push that stops early', () => {
  it.each<[FaultKind, Partial<Totals>, number]>([
    ['credentials', { created: 10, skipped: 20 }, 4],
    ['throttled', { created: 10, skipped: 20 }, 5],
    ['unreachable', { created: 10, skipped: 20 }, 5],
    ['endpoint', { created: 10, failed: 20 }, 1],
  ])('after %s sends no further batch: %o, exit %i', async (kind, expected, exit) => {
    const shop = aShop({ breaks: no => (no === 2 ? aFault(kind, { http: 418 }) : null) })
    const { summary, exits, halted, outcomes } = await push(shop, products(30))
    expect([summary.totals, Math.max(...exits), shop.requests.length]).toEqual([totals(expected), exit, 2])
    expect(counted(outcomes)).toEqual(summary.totals)
    expect(outcomes.at(-1)).toMatchObject({ attempts: 0, http: null, reason: halted?.reason, message: halted?.message })
  })

  it('after three lost batches in a row', async () => {
    const shop = aShop({ breaks: no => (no > 1 ? aFault('ambiguous') : null) })
    const { summary, exits } = await push(shop, products(60))
    expect([summary.totals, exits.toSorted(), shop.requests.length]).toEqual([
      totals({ created: 10, failed: 30, skipped: 20 }),
      [0, 1, 5],
      4,
    ])
  })

  it('when more items fail than --max-failures allows', async () => {
    const shop = aShop({ fails: () => true })
    const facts = { maxFailures: { amount: 10, percent: false }, probes: 0, batchSize: 10 }
    const { summary, exits, halted } = await push(shop, products(50), facts)
    expect(summary.totals).toEqual(totals({ failed: 20, skipped: 30 }))
    expect([exits.toSorted(), halted?.reason]).toEqual([[0, 1, 8], 'max-failures'])
    expect(halted?.message).toBe('20 items failed, --max-failures allows 10. The rest was not sent.')
  })

  it('counts what failed after the limit was crossed as well, and speaks of a rest only where there is one', async () => {
    const facts = { maxFailures: { amount: 5, percent: false }, probes: 0, batchSize: 10 }
    const shop = aShop({ fails: () => true })
    const { settings } = aLane(shop)
    const { exits, halted, outcomes } = await push(shop, products(40), {
      ...facts,
      settings: { ...settings, concurrency: 4 },
    })
    expect(counted(outcomes)).toEqual(totals({ failed: 40 }))
    expect(exits.toSorted()).toEqual([0, 0, 1]) // nothing was held back: the failed items decide
    expect(halted?.message).toBe('40 items failed, --max-failures allows 5. Nothing was left to hold back.')
  })

  it('in the same words of the items under way and of those whose turn did not come', async () => {
    const shop = aShop({ breaks: () => aFault('credentials', { http: 401, message: 'Invalid token' }) })
    const { outcomes } = await push(shop, products(30))
    const words = 'The credentials were refused (HTTP 401: Invalid token). Check them and push again.'
    expect(new Set(outcomes.map(({ status, reason, message }) => [status, reason, message].join(' ')))).toEqual(
      new Set([`skipped credentials-refused ${words}`]),
    )
  })

  it('in one wording and for one reason when the user stops it, even if a request was given up', async () => {
    const aborted = aFault('stopped', { reason: 'aborted', attempts: 1, message: 'stopped before the answer came' })
    const shop = aShop({ breaks: no => (no === 1 ? aborted : null) })
    const { outcomes } = await push(shop, products(30))
    const skipped = outcomes.filter(({ status }) => status === 'skipped')
    expect(new Set(skipped.map(({ reason, message }) => `${reason}: ${message}`))).toEqual(
      new Set(['interrupted: The run was interrupted.']),
    )
  })

  it('counts a percentage of the items to send, and lets just so many fail', async () => {
    const shop = aShop({ fails: code => Number(code.slice(-2)) <= 5 })
    const limit = { amount: 10, percent: true }
    expect((await push(shop, products(50), { maxFailures: limit })).halted).toBeNull()
  })

  it('after a stop signal: no further batch begins, and the one under way is settled', async () => {
    const stop = new AbortController()
    const shop = aShop({
      breaks: no => {
        if (no === 2) stop.abort(130)
        return null
      },
    })
    const { summary, exits, halted, outcomes } = await push(shop, products(40), { stop })
    expect([summary.totals, exits.toSorted(), halted?.reason]).toEqual([
      totals({ created: 20, skipped: 20 }),
      [0, 0, 0],
      'interrupted',
    ])
    expect(counted(outcomes)).toEqual(summary.totals)
  })

  it('sends nothing at all when it was halted before', async () => {
    const shop = aShop({})
    const { summary, exits } = await push(shop, products(30), { halted: aHalt({ exit: 8, reason: 'max-create' }) })
    expect([summary.totals, exits.toSorted(), shop.requests]).toEqual([totals({ skipped: 30 }), [0, 0, 8], []])
  })

  it('can be taken up again: what was skipped is sent then', async () => {
    let isDown = true
    const shop = aShop({ breaks: no => (isDown && no > 1 ? aFault('unreachable') : null) })
    await push(shop, products(30))
    isDown = false
    expect((await push(shop, products(30))).summary.totals).toEqual(totals({ unchanged: 10, created: 20 }))
  })

  it('leaves a batch marked as under way when the tool itself is broken', async () => {
    const shop = aShop({})
    const target = {
      ...shop.target,
      push: async () => {
        throw new TypeError('lamp is undefined')
      },
    }
    await push(shop, products(2))
    await expect(push({ ...shop, target }, changed(products(2)))).rejects.toThrow('lamp is undefined')
    const [dead] = ledger.recover('2026-01-02T00:00:00Z').slice(-1)
    expect(dead).toMatchObject({ interrupted: 2, skipped: 0 })
    expect((await push(shop, products(2))).summary.totals).toEqual(totals({ updated: 2 }))
  })
})

describe('push, whatever happens', () => {
  it('gives each item exactly one outcome: the sum of the outcomes is the number of items', async () => {
    const kinds = fc.constantFrom<FaultKind | null>(null, null, null, ...FAULTS)
    const cases = fc.record({
      count: fc.integer({ min: 0, max: 35 }),
      rejected: fc.integer({ min: 0, max: 3 }),
      fails: fc.uniqueArray(fc.integer({ min: 1, max: 35 }), { maxLength: 5 }),
      faults: fc.array(kinds, { maxLength: 10 }),
      concurrency: fc.integer({ min: 1, max: 4 }),
      limit: fc.option(fc.nat(10), { nil: null }),
      stopAt: fc.nat(8),
    })
    await fc.assert(
      fc.asyncProperty(cases, async ({ count, rejected, fails, faults, concurrency, limit, stopAt }) => {
        const stop = new AbortController()
        const shop = aShop({
          fails: code => fails.includes(Number(code.slice(-3))),
          breaks: no => {
            if (no === stopAt) stop.abort(130)
            const kind = faults[no - 1] ?? null
            return kind === null ? null : aFault(kind)
          },
        })
        const goods = [
          ...products(count),
          ...Array.from({ length: rejected }, (_, at) => aRejection({ seq: count + at })),
        ]
        const settings = { ...aLane(shop).settings, concurrency }
        const maxFailures = limit === null ? null : { amount: limit, percent: false }
        ledger.close()
        ledger = openLedger(null)
        const { summary, outcomes, held } = await push(shop, goods, { stop, settings, maxFailures })
        expect(outcomes.map(({ source }) => source)).toEqual(goods.map(({ source }) => source))
        expect(counted(outcomes)).toEqual(summary.totals)
        expect([summary.items, countItems(summary.totals)]).toEqual([goods.length, goods.length])
        for (const { key, status } of outcomes) {
          const knows = key !== null && held(key) !== undefined
          expect(knows).toBe(['created', 'updated', 'accepted'].includes(status))
          if (knows) expect(shop.stored).toContain(key)
        }
      }),
      { numRuns: 200 },
    )
  })
})
