import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { journalled, packed } from '../../src/engine/plan-into.ts'
import { send } from '../../src/engine/push.ts'
import { openLedger } from '../../src/ledger/index.ts'
import type { Ledger } from '../../src/ledger/ledger.ts'
import type { Fault } from '../../src/model/fault.ts'
import type { Outcome } from '../../src/model/outcome.ts'
import type { ItemAnswer, Target } from '../../src/targets/target.ts'
import { AutoClock } from '../helpers/clock.ts'
import { aFault } from '../helpers/http.ts'
import { aVerdict, products } from '../helpers/items.ts'
import { aLane, aShop } from '../helpers/shop.ts'

let ledger: Ledger

beforeEach(() => {
  ledger = openLedger(null)
})

afterEach(() => {
  ledger.close()
})

const meanwhile = aVerdict({ status: 'accepted', reason: 'processing', remoteId: 'shelf-1', attempts: 1 })
const PENDING: ItemAnswer = { status: 'pending', meanwhile }
const READY = aVerdict({ status: 'created', remoteId: 'shelf-1', attempts: 1 })

/** Pushes lamps to a target that takes them and answers so when it is asked about them for the nth time. */
async function push(
  count: number,
  answer: (asked: number, code: string) => ItemAnswer | Fault,
  { maxWait = 300, pending = PENDING, stop = new AbortController() } = {},
) {
  const clock = new AutoClock()
  const asked: { at: number; codes: string[] }[] = []
  /** What the journal says each time it asks: what a killed run would leave. */
  const meantime: (readonly Outcome[])[] = []
  const shop = aShop({})
  const target: Target = {
    ...shop.target,
    push: async ({ items }) => items.map(() => pending),
    async settle(open) {
      const codes = open.map(({ item }) => item.code)
      const no = asked.push({ at: clock.now(), codes })
      meantime.push([...journal.outcomes(id, 'shop')])
      const answers = codes.map(code => answer(no, code))
      return answers.map(each => {
        if (each instanceof Error) throw each
        return each
      })
    },
  }
  const { id } = ledger.register({ name: 'shop', type: 'shop', origin: 'https://shop.example.com', account: 'lamps' })
  const run = { id: 'run-1', command: 'push', version: '1', startedAt: '2026-01-01T00:00:00Z', source: 'lamps.csv' }
  const journal = ledger.start({ ...run, whole: true })
  const held = (keys: readonly string[]) => ledger.held(id, keys)
  const mayArrive = () => new Set<string>()
  const whoNames = () => null
  const planning = {
    entries: () => products(count),
    target,
    options: {},
    full: false,
    held,
    mayArrive,
    whoNames,
    pruning: null,
  }
  const plan = await journalled(journal, id, packed(planning, { items: 2, bytes: 1_000_000 }), () => 0)
  const settings = { ...aLane(shop).settings, maxWait }
  const lane = aLane(shop, { target, settings })
  const maxDelete = { amount: 10, percent: true }
  const { summary, exits } = await send(lane, { journal, ledger, id, plan, clock, maxDelete, stop: stop.signal })
  const outcomes = [...journal.outcomes(id, 'shop')]
  const { halted, events } = lane
  return { asked, meantime, summary, exits, outcomes, held: (key: string) => held([key]).get(key), halted, events }
}

describe('items that a target has taken and is not done with', () => {
  it('are told of as such until they are settled', async () => {
    const { events } = await push(3, (no, code) => (no === 1 && code === 'LAMP-003' ? PENDING : READY))
    const settled = { type: 'settled', target: 'shop' }
    expect(events).toEqual([
      { ...settled, counts: {}, pending: 2 },
      { ...settled, counts: {}, pending: 1 },
      { ...settled, counts: { created: 2 }, pending: -2 },
      { ...settled, counts: {} },
      { ...settled, counts: { created: 1 }, pending: -1 },
    ])
  })

  it('are asked about when all batches have been sent, all at once, until none is open', async () => {
    const { asked, outcomes } = await push(3, no => (no < 3 ? PENDING : READY))
    const codes = ['LAMP-001', 'LAMP-002', 'LAMP-003']
    expect(asked).toEqual([0, 2000, 6000].map(at => ({ at, codes })))
    expect(outcomes.map(({ status, reason, remoteId }) => [status, reason, remoteId])).toEqual(
      codes.map(() => ['created', null, 'shelf-1']),
    )
  })

  it('are counted once, when they are settled', async () => {
    const { summary, outcomes } = await push(3, (no, code) => (no < 2 && code !== 'LAMP-001' ? PENDING : READY))
    expect([summary.totals.created, summary.items, outcomes.length]).toEqual([3, 3, 3])
  })

  it('are not asked about again when they are settled', async () => {
    const { asked } = await push(3, (no, code) => (no === 1 && code === 'LAMP-002' ? PENDING : READY))
    expect(asked.map(({ codes }) => codes)).toEqual([['LAMP-001', 'LAMP-002', 'LAMP-003'], ['LAMP-002']])
  })

  it('keep the verdict for the time being when time is up, and stay in doubt for the next run', async () => {
    const { asked, summary, outcomes, held } = await push(2, () => PENDING, { maxWait: 60 })
    expect(asked.at(-1)?.at).toBeLessThanOrEqual(60_000)
    expect(outcomes.map(({ status, reason }) => [status, reason])).toEqual([
      ['accepted', 'processing'],
      ['accepted', 'processing'],
    ])
    expect([summary.totals.accepted, held('LAMP-001')]).toMatchObject([2, { fingerprint: null, remoteId: 'shelf-1' }])
  })

  it('are known to the ledger when they are settled', async () => {
    const { held } = await push(1, no => (no < 2 ? PENDING : READY))
    expect(held('LAMP-001')).toMatchObject({ fingerprint: expect.any(String), remoteId: 'shelf-1' })
  })

  it('can fail in the end', async () => {
    const failed = aVerdict({ status: 'failed', reason: 'processing-failed', message: 'the picture is dark' })
    const { outcomes, summary } = await push(1, () => failed)
    expect(outcomes).toMatchObject([{ status: 'failed', reason: 'processing-failed', message: 'the picture is dark' }])
    expect(summary.totals.failed).toBe(1)
  })

  it('stay what they are when nobody can be asked any more', async () => {
    const { asked, outcomes, halted } = await push(2, () => aFault('unreachable'))
    expect([asked.length, halted?.exit]).toEqual([1, 5])
    expect(outcomes.map(({ status, reason }) => [status, reason])).toEqual([
      ['accepted', 'processing'],
      ['accepted', 'processing'],
    ])
  })

  it.each(['throttled', 'ambiguous', 'refused'] as const)(
    'stay what they are when asking about one of them ends in %s: the target has taken it',
    async kind => {
      const { outcomes, summary, held } = await push(
        2,
        (_, code) => (code === 'LAMP-001' ? { status: 'fault', fault: aFault(kind) } : READY),
        { maxWait: 10 },
      )
      expect(outcomes.map(({ status, reason }) => [status, reason])).toEqual([
        ['accepted', 'processing'],
        ['created', null],
      ])
      expect([summary.items, held('LAMP-001')]).toMatchObject([2, { fingerprint: null }])
    },
  )

  describe('with something left to do', () => {
    const unlinked = aVerdict({
      status: 'created',
      reason: 'link-pending',
      message: 'It has no link yet.',
      attempts: 1,
    })
    const pending: ItemAnswer = { status: 'pending', meanwhile: unlinked, isUnfinished: true }
    const broken: ItemAnswer = { status: 'fault', fault: aFault('unreadable') }

    it('are done when that is done', async () => {
      const { outcomes } = await push(1, no => (no === 1 ? broken : READY), { pending })
      expect(outcomes).toMatchObject([{ status: 'created', reason: null }])
    })

    it('are skipped as far as the journal knows until then, so that a retry goes on with them after a kill', async () => {
      const answer = (no: number, code: string) => (no < 3 && code === 'LAMP-002' ? broken : READY)
      const { meantime, outcomes } = await push(2, answer, { pending })
      expect(meantime.map(all => all.map(({ status }) => status))).toEqual([
        ['skipped', 'skipped'],
        ['created', 'skipped'],
        ['created', 'skipped'],
      ])
      expect(meantime[0]).toMatchObject([{ reason: 'link-pending', message: 'It has no link yet.' }, {}])
      expect(outcomes.map(({ status }) => status)).toEqual(['created', 'created'])
    })

    it('have failed when time is up, and stay in doubt for the next run', async () => {
      const { outcomes, summary, exits, held } = await push(2, () => broken, { maxWait: 0, pending })
      const failed = { status: 'failed', reason: 'link-pending', message: 'It has no link yet.' }
      expect(outcomes).toMatchObject([failed, failed])
      expect([summary.totals.failed, summary.totals.created, exits[0]]).toEqual([2, 0, 1])
      expect(held('LAMP-001')).toMatchObject({ fingerprint: null })
    })

    it('are skipped when nobody can be asked any more', async () => {
      const { outcomes, halted } = await push(1, () => aFault('unreachable'), { pending })
      expect([halted?.exit, outcomes]).toMatchObject([5, [{ status: 'skipped', reason: 'link-pending' }]])
    })

    it('are skipped when the run is stopped', async () => {
      const stop = new AbortController()
      const answer = () => {
        stop.abort()
        return pending
      }
      const { outcomes, held } = await push(1, answer, { pending, stop })
      expect(outcomes).toMatchObject([{ status: 'skipped', reason: 'link-pending' }])
      expect(held('LAMP-001')).toMatchObject({ fingerprint: null })
    })
  })
})
