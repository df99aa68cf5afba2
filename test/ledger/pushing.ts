import type { Ledger } from '../../src/ledger/ledger.ts'
import { aHeld, codes } from '../helpers/items.ts'
import { aBatch, aResult, aRun, CATALOGIX, finish } from './runs.ts'

export const BATCHES = 60
const ITEMS = 10

/** The codes of a batch, which are the same in every run. */
export function codesOf(batch: number): string[] {
  return codes(ITEMS, `LAMP-${batch}`)
}

/** A run that updates every item, a batch at a time; each item then says which run it was. Tells of every batch that is settled. */
export function push(ledger: Ledger, run: string, settled: (batch: number) => void): void {
  ledger.recover('2026-01-02T00:00:00Z')
  const { id } = ledger.register(CATALOGIX)
  const journal = ledger.start(aRun({ id: run }))
  const numbers = Array.from({ length: BATCHES }, (_, at) => at + 1)
  const batches = numbers.map(no => aBatch(codesOf(no), { action: 'update', no, from: no * ITEMS }))
  journal.plan(id, batches)
  for (const batch of batches) {
    journal.begin(id, batch)
    const results = batch.steps.map(() => aResult({ status: 'updated' }))
    const holds = codesOf(batch.no).map(code => aHeld({ code, fingerprint: run }))
    journal.settle(id, batch, results, { holds, doubts: [] })
    settled(batch.no)
  }
  finish(journal)
  ledger.close()
}
