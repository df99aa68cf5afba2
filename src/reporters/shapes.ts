import { type Outcome, STATUSES } from '../model/outcome.ts'
import type { Problem, Product } from '../model/product.ts'
import type { Detected, FeedSummary, PlannedStep, PlannedTarget, RunHeader, TargetSummary } from '../model/report.ts'
import { ACTIONS, type Changes } from '../model/step.ts'
import type { ProblemGroup } from './problems.ts'

/** The promised keys of a value, in the promised order; what programs read may not depend on how the value was made. */
type Shape = Record<string, unknown>

export function runShape(run: RunHeader): Shape {
  return pick(run, ['id', 'command', 'version', 'startedAt', 'finishedAt'])
}

export function feedShape(feed: FeedSummary): Shape {
  return {
    ...pick(feed, ['files', 'records', 'products', 'images', 'rejected', 'withoutImages']),
    warnings: feed.warnings.map(warning => pick(warning, ['reason', 'count', 'message', 'places'])),
  }
}

export function targetShape(target: TargetSummary): Shape {
  return {
    ...pick(target, ['name', 'type']),
    totals: pick(target.totals, STATUSES),
    ...pick(target, ['items', 'requests', 'retries', 'throttled', 'bytesSent', 'durationMs', 'endpoint']),
  }
}

export function plannedTargetShape(target: PlannedTarget): Shape {
  return {
    ...pick(target, ['name', 'type']),
    totals: pick(target.totals, ACTIONS),
    items: target.items,
    forecast: pick(target.forecast, ['requests', 'seconds']),
    endpoint: target.endpoint,
  }
}

const OUTCOME_KEYS = [
  'target',
  'code',
  'key',
  'status',
  'images',
  'attempts',
  'batch',
  'http',
  'requestId',
  'remoteId',
  'reason',
  'message',
  'source',
] as const

/** The line of every report for machines. */
export function outcomeShape(outcome: Outcome): Shape {
  return pick(outcome, OUTCOME_KEYS)
}

export function stepShape(step: PlannedStep): Shape {
  return {
    ...pick(step, ['target', 'code', 'key', 'action']),
    changes: step.changes && changesShape(step.changes),
    ...pick(step, ['reason', 'message', 'source']),
  }
}

export function detectedShape(detected: Detected): Shape {
  return pick(detected, ['file', 'format', 'notes'])
}

export function problemGroupShape(group: ProblemGroup): Shape {
  return { ...pick(group, ['reason', 'message', 'fix', 'count']), places: group.first.map(({ source }) => source) }
}

export function rejectionShape(problem: Problem): Shape {
  return pick(problem, ['reason', 'message', 'fix', 'code', 'source'])
}

/** The line of a rejection among outcomes: the same keys, and what to do as one more. */
export function rejectionLineShape(problem: Problem): Shape {
  const { code, reason, message, fix, source } = problem
  return { ...pick({ ...NOT_SENT, code, reason, message, source }, OUTCOME_KEYS), fix }
}

const NOT_SENT = {
  target: null,
  key: null,
  status: 'rejected',
  images: 0,
  attempts: 0,
  batch: null,
  http: null,
  requestId: null,
  remoteId: null,
} as const

export function productShape(product: Product): Shape {
  return { code: product.code, images: product.gallery, source: product.source }
}

function changesShape(changes: Changes): Shape {
  return {
    added: changes.added.map(image => pick(image, ['rank', 'url'])),
    removed: changes.removed.map(image => pick(image, ['rank', 'url'])),
    moved: changes.moved.map(move => pick(move, ['url', 'from', 'to'])),
    other: changes.other,
  }
}

function pick<T, K extends keyof T & string>(value: T, keys: readonly K[]): Shape {
  const shape: Shape = {}
  for (const key of keys) shape[key] = value[key]
  return shape
}
