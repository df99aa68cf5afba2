import { type Forecast, PURPOSES } from '../../model/forecast.ts'
import { type Outcome, STATUSES } from '../../model/outcome.ts'
import type { Problem, Product } from '../../model/product.ts'
import { formatRate } from '../../model/rate.ts'
import type { Detected, FeedSummary, PlannedStep, PlannedTarget, RunHeader, TargetSummary } from '../../model/report.ts'
import { ACTIONS, type Changes } from '../../model/step.ts'
import {
  CONDITIONS,
  type Everywhere,
  type Finding,
  type GalleryDifference,
  type RepairWork,
  type VerifiedTarget,
} from '../../model/verification.ts'
import type { Cause } from './causes.ts'

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
    forecast: forecastShape(target.forecast),
    endpoint: target.endpoint,
  }
}

function forecastShape({ rate, quota, ...forecast }: Forecast): Shape {
  return {
    ...pick(forecast, ['requests', 'seconds', 'most']),
    purposes: pick(
      forecast.purposes,
      PURPOSES.filter(purpose => forecast.purposes[purpose] !== undefined),
    ),
    rate: rate && formatRate(rate),
    quota: quota && { limit: formatRate(quota.limit), share: quota.share },
    remarks: forecast.remarks,
  }
}

/** The line of every report for machines. Written out: there may be a million of them. */
export function outcomeShape(outcome: Readonly<Record<keyof Outcome, unknown>>): Shape {
  const { target, code, key, status, images, attempts, batch, http, requestId, remoteId, reason, message, source } =
    outcome
  return { target, code, key, status, images, attempts, batch, http, requestId, remoteId, reason, message, source }
}

export function stepShape(step: PlannedStep): Shape {
  return {
    ...pick(step, ['target', 'code', 'key', 'action']),
    changes: step.changes && changesShape(step.changes),
    ...pick(step, ['reason', 'message', 'source']),
  }
}

/** The line of every report of a verification. Written out: there may be a million of them. */
export function findingShape(finding: Finding): Shape {
  const { target, code, key, status, rank, foundRank, expected, found, repair, reason, message, source } = finding
  return { target, code, key, status, rank, foundRank, expected, found, repair, reason, message, source }
}

export function verifiedTargetShape(target: VerifiedTarget): Shape {
  return {
    ...pick(target, ['name', 'type', 'readable']),
    totals: pick(target.totals, CONDITIONS),
    ...pick(target, ['images', 'requests', 'durationMs', 'endpoint', 'cannot']),
  }
}

export function everywhereShape(everywhere: Everywhere): Shape {
  const { where } = everywhere
  const counts = pick(everywhere, ['compared', 'different'])
  return where ? { ...counts, where: where.map(each => pick(each, ['targets', 'galleries', 'different'])) } : counts
}

export function differenceShape({ code, source, targets }: GalleryDifference): Shape {
  return { code, source, targets: targets.map(({ name, totals }) => ({ name, totals: pick(totals, CONDITIONS) })) }
}

export function repairShape(work: RepairWork): Shape {
  return pick(work, ['repair', 'targets', 'codes'])
}

export function detectedShape(detected: Detected): Shape {
  return pick(detected, ['file', 'format', 'notes'])
}

export function problemGroupShape({ reason, message, fix, count, first }: Cause): Shape {
  return { reason, message: message ?? '', fix, count, places: first.map(({ source }) => source) }
}

export function rejectionShape(problem: Problem): Shape {
  return pick(problem, ['reason', 'message', 'fix', 'code', 'source'])
}

/** The line of a rejection among outcomes: the same keys, and what to do as one more. */
export function rejectionLineShape(problem: Problem): Shape {
  const { code, reason, message, fix, source } = problem
  return { ...outcomeShape({ ...NOT_SENT, code, reason, message, source }), fix }
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
