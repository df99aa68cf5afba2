import { chunks } from '../lib/chunks.ts'
import type { Held } from '../model/item.ts'
import { type DeleteStep, isSend, type SendStep } from '../model/step.ts'
import type { Target } from '../targets/target.ts'
import { compare, type Known } from './plan.ts'

/** Steps looked at in one go. */
const STEPS_AT_ONCE = 500

/** Steps of a past run, to be sent once more. */
export interface Replanning {
  readonly steps: Iterable<SendStep | DeleteStep>
  readonly target: Target
  readonly options: unknown
  readonly held: (keys: readonly string[]) => ReadonlyMap<string, Held>
  readonly mayArrive: (keys: readonly string[]) => ReadonlySet<string>
}

/**
 * The steps that are still needed, compared with what the target holds now: what it has come to hold since is left out, what
 * was to be removed and is not held any more, too.
 */
export function* replan(replanning: Replanning): Generator<SendStep | DeleteStep> {
  for (const steps of chunks(replanning.steps, STEPS_AT_ONCE)) yield* replanChunk(steps, replanning)
}

function* replanChunk(
  steps: readonly (SendStep | DeleteStep)[],
  { target, options, held, mayArrive }: Replanning,
): Generator<SendStep | DeleteStep> {
  const keys = steps.map(({ item }) => item.key)
  const known: Known = { held: held(keys), mayArrive: mayArrive(keys) }
  for (const step of steps) {
    const { key, code, gallery, values } = step.item
    if (step.action === 'delete') {
      if (known.held.has(key)) yield step
      continue
    }
    const again = compare({ key, code, gallery, values }, step, known, { target, options, full: false, pruning: null })
    if (isSend(again)) yield again
  }
}
