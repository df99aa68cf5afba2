import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Lane } from '../../src/engine/lane.ts'
import { Missing, sendRemoval } from '../../src/engine/removals.ts'
import { count, haltInTheEnd, newTally } from '../../src/engine/tally.ts'
import { openLedger } from '../../src/ledger/index.ts'
import type { Ledger } from '../../src/ledger/ledger.ts'
import { noTotals, type Verdict } from '../../src/model/outcome.ts'
import type { DeleteStep, Removal } from '../../src/model/step.ts'
import { anItem } from '../helpers/items.ts'
import { aHalt, aLane, aShop } from '../helpers/shop.ts'

const CODES = ['LAMP-1', 'LAMP-2', 'LAMP-3']
const FACTS = { message: null, remoteId: null, http: 200, requestId: null }
const DELETED: Verdict = { status: 'deleted', reason: null, ...FACTS }
const FAILED: Verdict = { status: 'failed', reason: 'in-use', ...FACTS }

describe('removals', () => {
  let ledger: Ledger

  beforeEach(() => {
    ledger = openLedger(null)
  })

  afterEach(() => ledger.close())

  const removal: Removal = {
    action: 'delete',
    no: 1,
    steps: CODES.map((code, seq): DeleteStep => {
      return { action: 'delete', seq, source: '', item: anItem({ code, key: `${code} old` }), images: 1 }
    }),
  }

  /** Removes the three lamps, of which these codes are missing something; also tells which of them were asked for. */
  async function remove(missingCodes: readonly string[], facts: Partial<Lane> = {}, verdict = DELETED) {
    const { id } = ledger.register({ name: 'shop', type: 'shop', origin: 'https://shop.example.com', account: 'lamps' })
    const run = { id: 'run-1', command: 'push', version: '1', startedAt: '', source: 'lamps', whole: true }
    const journal = ledger.start(run)
    journal.plan(id, [removal])
    const asked: string[] = []
    const { target } = aShop({})
    const lane = aLane(aShop({}), {
      ...facts,
      target: {
        ...target,
        async remove(items) {
          asked.push(...items.map(({ code }) => code))
          return items.map(() => verdict)
        },
      },
    })
    const missing = new Missing()
    for (const code of missingCodes) missing.add(code)
    const stop = new AbortController().signal
    const results = await sendRemoval(removal, lane, { journal, ledger, id, stop, withheld: null, missing })
    const told = [...journal.outcomes(id, 'shop')].map(({ code, status, reason }) => [code, status, reason])
    return { lane, asked, told, results }
  }

  it('wait where something of the same code has not arrived, and the others go', async () => {
    const { asked, told } = await remove(['LAMP-2', 'LAMP-9'])
    expect(asked).toEqual(['LAMP-1', 'LAMP-3'])
    expect(told).toEqual([
      ['LAMP-1', 'deleted', null],
      ['LAMP-2', 'failed', 'not-replaced'],
      ['LAMP-3', 'deleted', null],
    ])
  })

  it('ask the target for nothing when all of them wait', async () => {
    const { asked, told } = await remove(CODES)
    expect([asked, told]).toEqual([[], CODES.map(code => [code, 'failed', 'not-replaced'])])
  })

  it('all tell why the target stopped, if it has', async () => {
    const { asked, told } = await remove(['LAMP-2'], { halted: aHalt({ reason: 'unreachable' }) })
    expect([asked, told]).toEqual([[], CODES.map(code => [code, 'skipped', 'unreachable'])])
  })

  it('that wait are not what --max-failures held back', async () => {
    const { lane, results } = await remove(['LAMP-2'], { maxFailures: { amount: 1, percent: false } }, FAILED)
    const actions = { create: 0, update: 0, unchanged: 0, reject: 0, delete: 3 }
    const tally = newTally({ actions, carried: 3, batches: 0, remarks: 0 })
    count(results, tally, lane)
    expect(tally).toMatchObject({ totals: { ...noTotals(), failed: 3 }, waiting: 1 })
    expect(haltInTheEnd(lane, tally)).toMatchObject({ exit: 0, reason: 'max-failures' })
  })

  it.each([
    ['failed', null, 'failed'],
    ['unknown', null, 'failed'],
    ['skipped', null, 'failed'],
    ['accepted', 'processing', 'unchanged'],
    ['created', null, null],
    ['updated', null, null],
    ['accepted', null, null],
    ['accepted', 'sent-again', null],
  ] as const)('beside an item that is %s (%s) wait as: %s', (status, reason, waits) => {
    const missing = new Missing()
    const step = { action: 'create', seq: 0, source: '', item: anItem({ code: 'LAMP-1' }), fingerprint: '' } as const
    const steps = [{ ...step, bytes: 0, changes: null, tail: [], dropped: null }]
    missing.note({ steps, results: [{ ...FACTS, status, attempts: 1, reason }] })
    const [first] = removal.steps
    expect(first && missing.resultFor(first)?.status).toBe(waits ?? undefined)
  })
})
