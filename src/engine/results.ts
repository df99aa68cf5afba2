import { Fault, type FaultKind } from '../model/fault.ts'
import { type Result, TAIL_REMOVED, type Verdict } from '../model/outcome.ts'
import type { SendStep } from '../model/step.ts'
import type { Lane } from './lane.ts'

const NOTHING = { attempts: 0, http: null, requestId: null, remoteId: null, reason: null, message: null }

/** What the target said of an item, with what else is to be said of it. */
export function resultOf(verdict: Verdict, step: SendStep, attempts: number, lane: Lane): Result {
  const { status, http, requestId, remoteId, reason } = verdict
  const message = verdict.message === null ? null : lane.redact(verdict.message)
  // Written out: there may be a million of them.
  const result = { status, attempts: verdict.attempts ?? attempts, http, requestId, remoteId, reason, message }
  const isSilent = step.tail.length === 0 && step.dropped === null
  return isSilent || status === 'failed' || status === 'unknown' ? result : { ...result, ...remark(step, result) }
}

/** An image was left out, or the target keeps ranks that the feed has no more. */
function remark(step: SendStep, { reason, message }: Result): Partial<Result> {
  const ranks = step.tail.map(({ rank }) => rank).join(', ')
  const isGone = step.tail.length === 0 || reason === TAIL_REMOVED
  const kept = isGone ? null : keptWords(ranks, step.item.trim.length > 0)
  const tail = reason === TAIL_REMOVED ? message : kept
  if (step.dropped !== null) {
    return { reason: 'image-dropped', message: tail === null ? step.dropped : `${step.dropped} ${tail}` }
  }
  return kept === null ? {} : { reason: 'stale-tail', message: kept }
}

/** With --prune ranks are removed after everything was sent, which an interruption may prevent. */
function keptWords(ranks: string, isToGo: boolean): string {
  return isToGo
    ? `The target still keeps rank ${ranks}: that was not removed yet.`
    : `The target keeps rank ${ranks}: its API cannot remove images by rank.`
}

/**
 * A request that was refused at the door or never arrived leaves its items as they were; after any other they may be there.
 * What halted the lane is told in the same words of those under way and of those whose turn did not come.
 */
export function faultResult(fault: Fault, { halted }: Lane): Result {
  const { attempts, http, requestId, reason } = fault
  const status = isUntouched(fault) ? 'skipped' : 'failed'
  const isWhy = halted !== null && halted.rest === status && halted.reason === reason
  const message = isWhy ? halted.message : fault.message
  return { ...NOTHING, status, attempts, http, requestId, reason, message }
}

const AT_THE_DOOR: readonly FaultKind[] = ['credentials', 'throttled', 'unreachable', 'stopped']

/** The cause of a fault is an earlier attempt of the same request that may have taken effect. */
function isUntouched({ kind, reason, attempts, cause }: Fault): boolean {
  if (!AT_THE_DOOR.includes(kind) || reason === 'aborted') return false
  return attempts === 0 || !(cause instanceof Fault)
}

/** For items whose turn does not come because the lane is halted. */
export function restResult({ halted }: Lane): Result {
  return {
    ...NOTHING,
    status: halted?.rest ?? 'skipped',
    reason: halted?.reason ?? 'interrupted',
    message: halted?.message ?? null,
  }
}

/** For an item that is not attempted. */
export function skipped(reason: string, message: string): Result {
  return { ...NOTHING, status: 'skipped', reason, message }
}

/** Reason of a removal that waits for what comes in its place. */
export const NOT_REPLACED = 'not-replaced'

/** For a removal that could take the only image of a product away, as another item of it has not arrived. */
export function notReplaced(): Result {
  const why = 'Another item of this product has not arrived, so this one stays.'
  const message = `${why} A retry, or the next push with --prune, removes it once that is there.`
  return { ...NOTHING, status: 'failed', reason: NOT_REPLACED, message }
}

/** Reason of an item that the target has taken and is still at. */
export const PROCESSING = 'processing'

/** For a removal that would come before what replaces it: nothing is wrong, and nothing is done yet. */
export function replacedSoon(): Result {
  const message =
    'The target is still at another item of this product; the next push with --prune removes this one once that is done.'
  return { ...NOTHING, status: 'unchanged', reason: NOT_REPLACED, message }
}

/** What the server said may repeat what was sent to it, also where a target has read it out of an answer. */
export function masked(result: Result, { redact }: Lane): Result {
  return result.message === null ? result : { ...result, message: redact(result.message) }
}

/** For items that may have failed when there is no request left to find out. */
export function unattributed(): Result {
  return {
    ...NOTHING,
    status: 'failed',
    reason: 'unattributed',
    message: 'The target counted failures among these items without saying whose, and no request was left to find out.',
  }
}

/** For items that may have failed when the request that was to find out ended in a fault. */
export function unattributedAfter({ attempts, http, requestId, message }: Fault): Result {
  const words =
    'The target counted failures among these items without saying whose, and did not answer when asked again'
  return { ...unattributed(), attempts, http, requestId, message: `${words}: ${message}` }
}

/** The same results after further requests in which the items took part. */
export function afterAttempts(results: readonly Result[], attempts: number): Result[] {
  return results.map(result => ({ ...result, attempts: result.attempts + attempts }))
}
