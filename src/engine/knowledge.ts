import { doubtful } from '../ledger/doubt.ts'
import type { Held } from '../model/item.ts'
import type { Result } from '../model/outcome.ts'
import type { SendStep } from '../model/step.ts'

/**
 * What the ledger shall know after a batch: what the target said it holds, and which of the keys it held before are in doubt,
 * because a request about them failed. A key that was never held and is in doubt needs no entry: it is planned again anyway.
 */
export function knowledgeOf(
  steps: readonly SendStep[],
  results: readonly Result[],
  heldOf: (keys: readonly string[]) => Map<string, Held>,
  pending: ReadonlyMap<SendStep, unknown> = new Map(),
): { holds: Held[]; doubts: Held[] } {
  const holds: Held[] = []
  const open: Held[] = []
  const tried: SendStep[] = []
  for (const [at, step] of steps.entries()) {
    const result = results[at]
    if (result === undefined) continue
    if (!pending.has(step) && !isTaken(result)) {
      if (result.status !== 'skipped' && result.attempts > 0) tried.push(step)
      continue
    }
    const { item, fingerprint, tail } = step
    const { key, code, gallery } = item
    const kept = item.trim.length > 0 && !pending.has(step) ? [] : tail
    const held = { key, code, gallery, fingerprint, tail: kept, remoteId: result.remoteId ?? item.remoteId }
    if (pending.has(step)) open.push({ ...held, fingerprint: null })
    else holds.push(held)
  }
  const held = tried.length === 0 ? new Map<string, Held>() : heldOf(tried.map(step => step.item.key))
  const doubts = tried.flatMap(step => {
    const before = held.get(step.item.key)
    return before === undefined ? [] : [doubtful(before, step.item.gallery)]
  })
  return { holds, doubts: [...open, ...doubts] }
}

function isTaken({ status }: Result): boolean {
  return status !== 'skipped' && status !== 'failed' && status !== 'unknown'
}
