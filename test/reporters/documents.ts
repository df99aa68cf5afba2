import type { Forecast } from '../../src/model/forecast.ts'
import { countItems, noTotals, type Outcome, type Totals, type Which } from '../../src/model/outcome.ts'
import type { Problem, Product } from '../../src/model/product.ts'
import type {
  CheckReport,
  Detected,
  FeedSummary,
  PlannedStep,
  PlannedTarget,
  PlanReport,
  Report,
  RunHeader,
  TargetSummary,
} from '../../src/model/report.ts'
import type { Action, Changes } from '../../src/model/step.ts'
import type { Look } from '../../src/reporters/reporter.ts'

export const LOOK: Look = { width: 80, color: false, verbose: false, unicode: true }

export const RUN: RunHeader = {
  id: 'run-7',
  command: 'push',
  version: '0.1.0',
  startedAt: '2026-03-01T08:00:00.000Z',
  finishedAt: '2026-03-01T08:00:04.100Z',
}

export function aFeed(facts: Partial<FeedSummary> = {}): FeedSummary {
  return {
    files: ['furniture.csv'],
    records: 7,
    products: 6,
    images: 13,
    rejected: 1,
    withoutImages: 0,
    warnings: [],
    ...facts,
  }
}

export function anOutcome(facts: Partial<Outcome> = {}): Outcome {
  const code = facts.code === undefined ? 'LAMP-1' : facts.code
  return {
    target: 'catalogix',
    code,
    key: code,
    status: 'created',
    images: 2,
    attempts: 1,
    batch: 1,
    http: 200,
    requestId: '8c8b',
    remoteId: null,
    reason: null,
    message: null,
    source: 'furniture.csv:2',
    ...facts,
  }
}

/** What every outcome that went wrong has. */
export const REFUSED = { status: 'failed', reason: 'target-rejected' } as const

/** One item of every kind that Catalogix can report. */
export const MIXED: readonly Outcome[] = [
  anOutcome({ code: 'LAMP-1' }),
  anOutcome({
    code: 'LAMP-2',
    status: 'updated',
    batch: 2,
    reason: 'stale-tail',
    message: 'Catalogix keeps the images at ranks 3 and 4.',
    source: 'furniture.csv:3',
  }),
  anOutcome({
    code: '椅子-001',
    status: 'unchanged',
    images: 1,
    attempts: 0,
    batch: null,
    http: null,
    requestId: null,
  }),
  anOutcome({
    code: 'SOFA-3',
    status: 'failed',
    images: 3,
    reason: 'target-rejected',
    message: 'invalid_attribute: The attribute "Image URL 11" does not exist in this catalog.',
    source: 'furniture.csv:5',
  }),
  anOutcome({
    code: null,
    status: 'rejected',
    images: 0,
    attempts: 0,
    batch: null,
    http: null,
    requestId: null,
    reason: 'code-missing',
    message: 'The record has no product code.',
    source: 'furniture.csv:6',
  }),
  anOutcome({
    code: 'DESK-9',
    status: 'unknown',
    images: 1,
    http: null,
    requestId: null,
    reason: 'timeout',
    message: 'No answer within 30 s.',
    source: 'furniture.csv:7',
  }),
]

export function aTarget(outcomes: readonly Outcome[], facts: Partial<TargetSummary> = {}): TargetSummary {
  const totals = totalsOf(outcomes)
  return {
    name: 'catalogix',
    type: 'catalogix',
    totals,
    items: countItems(totals),
    requests: 3,
    retries: 1,
    throttled: 0,
    bytesSent: 1234,
    durationMs: 4100,
    endpoint: 'https://api.catalogix.example',
    ...facts,
  }
}

export function aReport(outcomes: readonly Outcome[] = MIXED, facts: Partial<Report> = {}): Report {
  return {
    kind: 'report',
    run: RUN,
    feed: aFeed(),
    targets: [aTarget(outcomes)],
    notices: [],
    exitCode: 1,
    outcomes: which => outcomes.filter(outcome => isIn(outcome, which)),
    ...facts,
  }
}

/** As a ledger leaves out what nobody has to look at. */
function isIn({ reason }: Outcome, which: Which = 'all'): boolean {
  return which === 'all' || reason !== null
}

/** That many outcomes, made one at a time; `made` counts them. */
export function aLongReport(length: number, outcome: (at: number) => Outcome): Report & { made(): number } {
  let made = 0
  return {
    ...aReport([], { targets: [aTarget([], { items: length, totals: { ...noTotals(), created: length } })] }),
    made: () => made,
    *outcomes(which) {
      for (let at = 0; at < length; at++) {
        const each = outcome(at)
        if (!isIn(each, which)) continue
        made++
        yield each
      }
    },
  }
}

export function aStep(facts: Partial<PlannedStep> = {}): PlannedStep {
  const code = facts.code === undefined ? 'LAMP-1' : facts.code
  return {
    target: 'catalogix',
    code,
    key: code,
    action: 'create',
    changes: null,
    reason: null,
    message: null,
    source: 'furniture.csv:2',
    ...facts,
  }
}

export function someChanges(facts: Partial<Changes> = {}): Changes {
  return { added: [], removed: [], moved: [], other: false, ...facts }
}

export function aPlan(steps: readonly PlannedStep[], facts: Partial<PlanReport> = {}): PlanReport {
  return {
    kind: 'plan',
    run: { ...RUN, command: 'plan' },
    feed: aFeed(),
    targets: [aPlannedTarget(steps)],
    notices: [],
    exitCode: 0,
    steps: () => steps,
    ...facts,
  }
}

export function aPlannedTarget(steps: readonly PlannedStep[], facts: Partial<PlannedTarget> = {}): PlannedTarget {
  const count = (action: Action) => steps.filter(step => step.action === action).length
  return {
    name: 'catalogix',
    type: 'catalogix',
    totals: {
      create: count('create'),
      update: count('update'),
      unchanged: count('unchanged'),
      reject: count('reject'),
      delete: count('delete'),
    },
    items: steps.length,
    forecast: aForecast(),
    endpoint: 'https://api.catalogix.example',
    ...facts,
  }
}

/** An exact one without a rate limit. */
export function aForecast(facts: Partial<Forecast> = {}): Forecast {
  const requests = facts.requests ?? 2
  return { requests, most: requests, purposes: {}, seconds: 0, rate: null, quota: null, remarks: [], ...facts }
}

export function aCheck(rejections: readonly Problem[] = [], facts: Partial<CheckReport> = {}): CheckReport {
  const feed = facts.feed ?? aFeed({ rejected: rejections.length })
  const { products, images } = feed
  return {
    kind: 'check',
    run: { ...RUN, command: 'check' },
    feed,
    detected: [aFile('furniture.csv')],
    sample: [aProduct()],
    selected: { products, images, fewest: 1, most: 4, rejected: rejections.length },
    refusal: null,
    next: 'assetsync plan furniture.csv',
    exitCode: rejections.length > 0 ? 1 : 0,
    rejections: () => rejections,
    ...facts,
  }
}

export function aFile(file: string, facts: Partial<Detected> = {}): Detected {
  const notes = [
    'delimiter ;',
    'preset: generic (usual column names)',
    'image columns: image_1, image_2',
    'code column: sku',
  ]
  return { file, format: 'csv', notes, ...facts }
}

export function aProduct(facts: Partial<Product> = {}): Product {
  return {
    seq: 0,
    code: 'LAMP-1',
    gallery: ['https://img.example/lamp-1/front.jpg', 'https://img.example/lamp-1/side.jpg'],
    fields: {},
    source: 'furniture.csv:2',
    dropped: null,
    ...facts,
  }
}

export function aProblem(facts: Partial<Problem> = {}): Problem {
  return {
    reason: 'url-invalid',
    message: '"front.jpg" is not a complete URL.',
    fix: 'Name its base with --image-base-url.',
    code: 'SOFA-3',
    source: 'furniture.csv:4',
    ...facts,
  }
}

function totalsOf(outcomes: readonly Outcome[]): Totals {
  const totals = noTotals()
  for (const { status } of outcomes) totals[status]++
  return totals
}
