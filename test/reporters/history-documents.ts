import type { ExplainedItem, Explanation, ItemInRun, ListedRun, RunsReport, Sending } from '../../src/model/history.ts'
import { countItems, noTotals, type Totals } from '../../src/model/outcome.ts'
import { images } from '../helpers/items.ts'
import { anOutcome } from './documents.ts'

export const AT = '2026-03-01T10:00:00.000Z'

export function aListedRun(
  facts: Partial<Omit<ListedRun, 'totals'>> & { readonly totals?: Partial<Totals> } = {},
): ListedRun {
  const totals = { ...noTotals(), created: 812, ...facts.totals }
  return {
    id: '20260301-080000-3f9a',
    command: 'push',
    source: 'furniture.csv',
    state: 'finished',
    startedAt: '2026-03-01T08:00:00.000Z',
    finishedAt: '2026-03-01T08:00:04.100Z',
    durationMs: 4100,
    exitCode: 0,
    items: countItems(totals),
    targets: [],
    version: '0.1.0',
    ...facts,
    totals,
  }
}

export function aRunsReport(runs: readonly ListedRun[], facts: Partial<RunsReport> = {}): RunsReport {
  return { kind: 'runs', at: AT, ledger: '/shop/.assetsync', runs, notices: [], next: null, exitCode: 0, ...facts }
}

export function anItemInRun(facts: Partial<ItemInRun> = {}): ItemInRun {
  return {
    run: '20260301-080000-3f9a',
    command: 'push',
    startedAt: '2026-03-01T08:00:00.000Z',
    action: 'create',
    outcome: anOutcome(),
    ...facts,
  }
}

export function aSending(facts: Partial<Sending> = {}): Sending {
  return {
    ...anItemInRun(),
    gallery: images('LAMP-1'),
    changes: null,
    batchItems: 3,
    requests: 1,
    attempts: [{ n: 1, at: '2026-03-01T08:00:01.000Z', http: 200, requestId: '8c8b', reason: null, message: null }],
    payload: { parent_code: 'LAMP-1' },
    isExact: true,
    ...facts,
  }
}

export function anExplainedItem(facts: Partial<ExplainedItem> = {}): ExplainedItem {
  return {
    key: 'LAMP-1',
    history: [anItemInRun()],
    sending: aSending(),
    held: { gallery: images('LAMP-1'), tail: [], remoteId: null, fingerprint: 'f' },
    unknown: null,
    next: null,
    ...facts,
  }
}

export function anExplanation(items: readonly ExplainedItem[], facts: Partial<Explanation> = {}): Explanation {
  return {
    kind: 'explain',
    at: AT,
    code: 'LAMP-1',
    origin: { run: '20260301-080000-3f9a', records: ['furniture.csv:2'], gallery: images('LAMP-1') },
    targets: [{ name: 'shop', type: 'catalogix', endpoint: 'https://api.example.com', noPayload: null, items }],
    near: [],
    notices: [],
    next: null,
    exitCode: 0,
    ...facts,
  }
}

/** Times are always said to be UTC. */
export function withoutTimes(text: string): string {
  return text.replace(/\d{4}-\d\d-\d\d \d\d:\d\d UTC/g, 'DATE TIME').replace(/\b\d\d:\d\d:\d\d UTC\b/g, 'CLOCK')
}
