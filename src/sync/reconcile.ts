import { pack } from '../engine/pack.ts'
import { compare } from '../engine/plan.ts'
import { journalled } from '../engine/plan-into.ts'
import { isOpen } from '../engine/settle-window.ts'
import type { Ledger, TargetId, UnknownItem } from '../ledger/ledger.ts'
import type { Result } from '../model/outcome.ts'
import type { Report } from '../model/report.ts'
import { isSend, type SendStep } from '../model/step.ts'
import { identityOf, limitsOf } from './lanes.ts'
import type { Opened, RunRequest } from './request.ts'
import { run } from './run.ts'
import type { Work } from './work.ts'

/** What a target says of an item that it was asked about and does not hold; any other reason says that it could not be asked. */
const NOT_FOUND = 'no-answer'
const NO_FEED = { files: [], records: 0, products: 0, images: 0, rejected: 0, withoutImages: 0, warnings: [] }

/** Asks the targets about the items whose outcome is unknown. Nothing is created: what is not there stays unknown or has failed. */
export function reconcile(request: RunRequest): Promise<Opened<Report>> {
  return run(request, (ledger, startedAt) => workOf(request, ledger, startedAt))
}

function workOf(request: RunRequest, ledger: Ledger, startedAt: number): Work {
  const attemptedAt = new Map<string, string>()
  const lanes = request.config.targets.flatMap(configured => {
    const id = ledger.find(identityOf(configured, request.sandbox))
    const unknowns = id === null ? [] : [...ledger.unknowns(id)]
    return unknowns.length === 0 ? [] : [{ configured, unknowns }]
  })
  for (const { configured, unknowns } of lanes) {
    for (const unknown of unknowns) attemptedAt.set(keyOf(configured.name, unknown.step.item.key), unknown.attemptedAt)
  }
  return {
    source: sourceOf(
      lanes.flatMap(({ unknowns }) => unknowns),
      ledger,
    ),
    whole: false,
    feed: NO_FEED,
    openEnd: null,
    targets: lanes.map(({ configured }) => configured),
    plan(configured, id, journal, watch, progress) {
      const unknowns = lanes.find(lane => lane.configured === configured)?.unknowns ?? []
      const steps = questions(unknowns, configured.target, configured.options, ledger, id)
      return journalled(journal, id, watch(pack(steps, limitsOf(configured))), () => 0, progress)
    },
    refuse: () => null,
    notices: lanes.length === 0 ? ['No item has an unknown outcome: there is nothing to settle.'] : [],
    remark(target, step, result) {
      const at = attemptedAt.get(keyOf(target, step.item.key))
      const isMissing = result.status === 'unknown' && result.reason === NOT_FOUND
      return isMissing && at !== undefined && !isOpen(at, startedAt) ? notThere(result) : result
    },
    close: () => undefined,
  }
}

function keyOf(target: string, key: string): string {
  return JSON.stringify([target, key])
}

/** The source that named the items, as far as one can be told: guards and prune compare the runs of one source. */
function sourceOf(unknowns: readonly UnknownItem[], ledger: Ledger): string {
  const runs = new Set(unknowns.map(({ run }) => run))
  return ledger.runs().find(({ id }) => runs.has(id))?.source ?? 'reconcile'
}

function* questions(
  unknowns: readonly UnknownItem[],
  target: Parameters<typeof compare>[3]['target'],
  options: unknown,
  ledger: Ledger,
  id: TargetId,
): Generator<SendStep> {
  const keys = unknowns.map(({ step }) => step.item.key)
  const known = { held: ledger.held(id, keys), mayArrive: new Set(keys) }
  for (const { step } of unknowns) {
    if (!isSend(step)) continue
    const { key, code, gallery, values } = step.item
    const again = compare({ key, code, gallery, values }, step, known, { target, options, full: true, pruning: null })
    if (isSend(again)) yield again
  }
}

/** The request can have no effect any more. */
function notThere(result: Result): Result {
  const message = 'The target does not hold it, and the request cannot arrive any more. The next push sends it again.'
  return { ...result, status: 'failed', reason: 'not-arrived', message }
}
