import { createGuard, type FeedSize, shrinkGuard } from '../engine/guards.ts'
import type { Halt } from '../engine/lane.ts'
import type { Ledger } from '../ledger/ledger.ts'

/** What the guards look at that hold everything back. */
export interface Guarded extends FeedSize {
  /** Name of the source. */
  readonly source: string
  readonly isCorrection: boolean
  readonly allowShrink: boolean
  readonly maxCreate: number | null
  /** Items to create, target by target. */
  readonly creates: readonly number[]
}

/** Every reason why nothing may be sent. The limit that it names is enough for all targets. */
export function refusals(guarded: Guarded, ledger: Ledger): readonly Halt[] {
  const { source, isCorrection, allowShrink, maxCreate, creates } = guarded
  const last = allowShrink || isCorrection ? null : ledger.lastComplete(source)
  const guards = [shrinkGuard(guarded, last), createGuard(Math.max(0, ...creates), maxCreate)]
  return guards.filter(guard => guard !== null)
}
