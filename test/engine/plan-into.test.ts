import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { journalled } from '../../src/engine/plan-into.ts'
import { openLedger } from '../../src/ledger/index.ts'
import type { Ledger } from '../../src/ledger/ledger.ts'
import { nextTurn } from '../../src/lib/clock.ts'
import type { Batch } from '../../src/model/step.ts'
import { steps } from '../helpers/items.ts'

let ledger: Ledger

beforeEach(() => {
  ledger = openLedger(null)
})

afterEach(() => {
  ledger.close()
})

describe('planning into the journal', () => {
  it('tells between its transactions how many items are planned so far, and waits for whoever is told', async () => {
    const { id } = ledger.register({ name: 'shop', type: 'shop', origin: 'https://shop.example.com', account: 'lamps' })
    const run = { id: 'run-1', command: 'push lamps.csv', version: '1.2.3', startedAt: '2026-01-01T00:00:00Z' }
    const journal = ledger.start({ ...run, source: 'lamps.csv', whole: true })
    const all = steps(50)
    const batches = all.map((step, at): Batch => ({ action: 'create', no: at + 1, steps: [step] }))
    const told: number[] = []
    const tell = async (items: number) => {
      await nextTurn()
      told.push([...journal.batches(id)].length, items)
    }
    const plan = await journalled(journal, id, batches, () => 0, tell)
    expect([plan.actions.create, told]).toEqual([50, [20, 20, 40, 40]])
  })
})
