import type { UnknownItem } from '../ledger/ledger.ts'
import type { Result } from '../model/outcome.ts'
import type { SendStep } from '../model/step.ts'

/**
 * The same results, but what was unknown stays so as long as nothing new is known of it: its turn did not come, nothing was sent, or an
 * earlier request may still arrive and the question whether it has got no answer.
 */
export function stillUnknown(
  steps: readonly SendStep[],
  results: readonly Result[],
  unknownAmong: (keys: readonly string[]) => Iterable<UnknownItem>,
): readonly Result[] {
  const keys = steps.filter((step, at) => saysNothing(results[at], step)).map(({ item }) => item.key)
  if (keys.length === 0) return results
  const unknown = new Set<string>()
  for (const { step } of unknownAmong(keys)) unknown.add(step.item.key)
  if (unknown.size === 0) return results
  return results.map((result, at) => {
    const step = steps[at]
    const isUnknown = step !== undefined && unknown.has(step.item.key) && saysNothing(result, step)
    return isUnknown ? { ...result, status: 'unknown' } : result
  })
}

/** Does the result leave open what became of requests before? */
function saysNothing(result: Result | undefined, { item }: SendStep): boolean {
  if (result?.status === 'skipped') return true
  return result?.status === 'failed' && (item.mayArrive === true || result.attempts === 0)
}
