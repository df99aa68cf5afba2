import type { Ledger, TargetId } from '../ledger/ledger.ts'
import type { PastRun } from '../ledger/past.ts'
import { chunks } from '../lib/chunks.ts'

const KEYS_AT_ONCE = 500

/**
 * Codes of which a retry sends something not, although it is not at the target: it is unknown, or a run after those that are
 * retried could not bring it.
 */
export function* missingAt(id: TargetId, pasts: readonly PastRun[], ledger: Ledger): Generator<string> {
  for (const { step } of ledger.unknowns(id)) yield step.item.code
  const retried = new Set(pasts.map(({ entry }) => entry.id))
  const runs = ledger.runs().filter(({ finishedAt }) => finishedAt !== null)
  const later = runs.slice(
    0,
    runs.findIndex(entry => retried.has(entry.id)),
  )
  for (const entry of later) {
    const run = ledger.openRun(entry.id)
    if (run !== null) yield* notBrought(run, id, ledger)
  }
}

/** What has come to be held since is there. */
function* notBrought(run: PastRun, id: TargetId, ledger: Ledger): Generator<string> {
  for (const items of chunks(openItems(run, id), KEYS_AT_ONCE)) {
    const held = ledger.held(
      id,
      items.map(({ key }) => key),
    )
    for (const { key, code } of items) if ((held.get(key)?.fingerprint ?? null) === null) yield code
  }
}

function* openItems(run: PastRun, id: TargetId): Generator<{ readonly key: string; readonly code: string }> {
  for (const { key, code, status } of run.outcomes(id, '', 'notable')) {
    const isOpen = status === 'failed' || status === 'skipped'
    if (isOpen && key !== null && code !== null) yield { key, code }
  }
}
