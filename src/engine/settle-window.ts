import type { Ledger, TargetId } from '../ledger/ledger.ts'
import type { Target } from '../targets/target.ts'

/** How long a request that got no answer may still take effect; our own, as no vendor says. */
export const SETTLE_WINDOW_MS = 15 * 60 * 1000

/** True as long as a request that was started then may still take effect. A clock that was set back must not stop everything. */
export function isOpen(attemptedAt: string, now: number): boolean {
  return Math.abs(now - Date.parse(attemptedAt)) < SETTLE_WINDOW_MS
}

/** Tells which keys may still arrive at a target. */
export function mayArriveAt(
  target: Target,
  id: TargetId,
  ledger: Ledger,
  now: number,
): (keys: readonly string[]) => ReadonlySet<string> {
  if (target.searched !== true) return () => new Set()
  return keys => {
    const open = [...ledger.unknowns(id, keys)].filter(({ attemptedAt }) => isOpen(attemptedAt, now))
    return new Set(open.map(({ step }) => step.item.key))
  }
}
