import type { ConfiguredTarget } from '../config/config.ts'
import type { Ledger, TargetId } from '../ledger/ledger.ts'
import type { Left, PastRun } from '../ledger/past.ts'
import { UsageError } from '../model/errors.ts'
import { identityOf } from './lanes.ts'
import type { RetryRequest } from './request.ts'

/** The oldest first. What a later run has named is nothing to retry in an earlier one, so no item comes twice. */
export function pastRuns({ run: id }: RetryRequest, ledger: Ledger): readonly [PastRun, ...PastRun[]] {
  const runs = ledger.runs().filter(({ finishedAt }) => finishedAt !== null)
  const lastPush = runs.findIndex(({ command }) => command === 'push')
  const wanted = id !== null ? [id] : runs.slice(0, lastPush + 1).map(entry => entry.id)
  const [first, ...others] = wanted.toReversed().flatMap(each => ledger.openRun(each) ?? [])
  if (first !== undefined) return [first, ...others]
  if (id === null) throw new UsageError('There is no run to retry.', { fix: 'Push a feed first.' })
  const kept = runs.slice(0, 5).map(entry => entry.id)
  const fix = kept.length === 0 ? 'There is none yet: push a feed first.' : `The last runs are ${kept.join(', ')}.`
  throw new UsageError(`There is no run "${id}".`, { fix })
}

/** Null when the target had no part in these runs. */
export function stepsAt(
  pasts: readonly PastRun[],
  configured: ConfiguredTarget,
  request: RetryRequest,
): Iterable<Left> | null {
  const there = pasts.flatMap(past => {
    const id = plannedAt(past, configured, request)
    return id === null ? [] : [{ past, id }]
  })
  return there.length === 0 ? null : chained(there.map(({ past, id }) => stepsOf(past, id, request.selection.only)))
}

/** The target's number in the past run, or null: it was not part of it, or has another address or account by now. */
export function plannedAt(past: PastRun, configured: ConfiguredTarget, { sandbox }: RetryRequest): TargetId | null {
  const identity = identityOf(configured, sandbox)
  const same = past.targets.find(
    ({ name, type, origin, account }) =>
      name === identity.name && type === identity.type && origin === identity.origin && account === identity.account,
  )
  return same?.id ?? null
}

export function* stepsOf(past: PastRun, id: TargetId, only: readonly string[]): Generator<Left> {
  const wanted = new Set(only)
  for (const left of past.retryable(id)) if (wanted.size === 0 || wanted.has(left.step.item.code)) yield left
}

function* chained<T>(parts: readonly Iterable<T>[]): Generator<T> {
  for (const part of parts) yield* part
}
