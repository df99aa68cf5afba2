import type { Journal, Ledger, RunStart, TargetId, TargetIdentity } from '../../src/ledger/ledger.ts'
import type { Held, SentItem } from '../../src/model/item.ts'
import { noTotals, type Result } from '../../src/model/outcome.ts'
import type { TargetSummary } from '../../src/model/report.ts'
import type { Batch, DeleteStep, Removal, SendStep } from '../../src/model/step.ts'
import { aHeld, anItem, aStep } from '../helpers/items.ts'

export const CATALOGIX: TargetIdentity = {
  name: 'catalogix',
  type: 'catalogix',
  origin: 'https://api.example.com',
  account: 'store-1/SMP',
}

export function aRun(facts: Partial<RunStart> = {}): RunStart {
  return {
    id: 'run-1',
    command: 'push',
    version: '0.1.0',
    startedAt: '2026-01-01T00:00:00Z',
    source: 'lamps.csv',
    whole: true,
    ...facts,
  }
}

export function aResult(facts: Partial<Result> = {}): Result {
  return {
    status: 'created',
    attempts: 1,
    http: 200,
    requestId: 'request-1',
    remoteId: null,
    reason: null,
    message: null,
    ...facts,
  }
}

export function aSummary(facts: Partial<TargetSummary> = {}): TargetSummary {
  return {
    name: 'catalogix',
    type: 'catalogix',
    totals: { ...noTotals(), created: 2, failed: 1 },
    items: 3,
    requests: 1,
    retries: 0,
    throttled: 0,
    bytesSent: 1200,
    durationMs: 40,
    endpoint: 'https://api.example.com',
    ...facts,
  }
}

export function aBatch(codes: readonly string[], facts: Partial<Batch> & { readonly from?: number } = {}): Batch {
  const { action = 'create', no = 1, from = 0 } = facts
  const steps = codes.map((code, at) => aStep({ action, seq: from + at, item: anItem({ code }) }))
  return { action, no, steps, ...facts }
}

export function aRemoval(codes: readonly string[], no = 1): Removal {
  const step = (code: string, at: number): DeleteStep => ({
    action: 'delete',
    seq: 1000 + at,
    source: '',
    item: anItem({ code }),
    images: 2,
  })
  return { action: 'delete', no, steps: codes.map(step) }
}

/** What the ledger should know when the target took the step as it was. */
export function heldOf({ item, fingerprint, tail }: SendStep): Held {
  const { key, code, gallery }: SentItem = item
  return { key, code, gallery, fingerprint, tail, remoteId: null }
}

/** Plans a batch and settles it as if the target had created everything. */
export function pass(journal: Journal, target: TargetId, batch: Batch): void {
  journal.plan(target, [batch])
  journal.begin(target, batch)
  journal.settle(
    target,
    batch,
    batch.steps.map(() => aResult()),
    { holds: batch.steps.map(heldOf), doubts: [] },
  )
}

export function finish(journal: Journal, facts: Partial<Parameters<Journal['finish']>[0]> = {}): void {
  const header = { ...aRun(), finishedAt: '2026-01-01T00:01:00Z' }
  journal.finish({ header, exitCode: 0, complete: true, products: 1, summary: '{}', ...facts })
}

/** A ledger that already holds these codes, from a finished run. */
export function filled(ledger: Ledger, codes: readonly string[], source = 'lamps.csv'): TargetId {
  const { id } = ledger.register(CATALOGIX)
  const journal = ledger.start(aRun({ id: `first run of ${source}`, source }))
  pass(journal, id, aBatch(codes))
  finish(journal, { products: codes.length })
  return id
}

export function heldMap(...codes: readonly string[]): Map<string, Held> {
  return new Map(codes.map(code => [code, aHeld({ code })]))
}
