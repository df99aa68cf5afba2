import type {
  ExplainedItem,
  ExplainedTarget,
  Explanation,
  ItemInRun,
  ListedRun,
  NextStep,
  Sending,
} from '../../model/history.ts'
import { STATUSES, type Totals } from '../../model/outcome.ts'
import { outcomeShape } from './shapes.ts'

// The keys that programs may rely on, in their order: whatever else a value holds is not shown.

export function listedRunShape(run: ListedRun) {
  const { id, command, source, state, startedAt, finishedAt, durationMs, exitCode, items, version } = run
  const targets = run.targets.map(({ name, type, items: own, totals }) => ({
    name,
    type,
    items: own,
    totals: totalsShape(totals),
  }))
  return {
    id,
    command,
    source,
    state,
    startedAt,
    finishedAt,
    durationMs,
    exitCode,
    items,
    totals: totalsShape(run.totals),
    targets,
    version,
  }
}

export function explanationShape({ at, code, origin, near, targets, notices, exitCode }: Explanation) {
  return {
    at,
    code,
    origin: origin && { run: origin.run, records: origin.records, gallery: origin.gallery },
    near,
    targets: targets.map(targetShape),
    notices,
    exitCode,
  }
}

function targetShape({ name, type, endpoint, noPayload, items }: ExplainedTarget) {
  return { name, type, endpoint, noPayload, items: items.map(itemShape) }
}

function itemShape({ key, held, unknown, sending, next, history }: ExplainedItem) {
  return {
    key,
    held: held && {
      gallery: held.gallery,
      tail: held.tail.map(({ rank, url }) => ({ rank, url })),
      remoteId: held.remoteId,
      fingerprint: held.fingerprint,
      inDoubt: held.fingerprint === null,
    },
    unknown: unknown && { run: unknown.run, attemptedAt: unknown.attemptedAt, message: unknown.message },
    sending: sending && sendingShape(sending),
    next: next && nextShape(next),
    history: history.map(inRunShape),
  }
}

function sendingShape(sending: Sending) {
  const { gallery, changes, batchItems, requests, attempts, payload, isExact } = sending
  return {
    ...inRunShape(sending),
    gallery,
    changes,
    batchItems,
    requests,
    attempts: attempts.map(({ n, at, http, requestId, reason, message }) => ({
      n,
      at,
      http,
      requestId,
      reason,
      message,
    })),
    payload,
    payloadIsExact: isExact,
  }
}

function nextShape({ action, changes, payload, reason, message, source }: NextStep) {
  return { action, changes, payload, reason, message, source }
}

/** The line of the run's report, in its run. */
function inRunShape({ run, command, startedAt, action, outcome }: ItemInRun) {
  return { run, command, startedAt, action, outcome: outcomeShape(outcome) }
}

function totalsShape(totals: Totals) {
  return Object.fromEntries(STATUSES.map(status => [status, totals[status]]))
}
