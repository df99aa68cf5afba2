import type { ConfiguredTarget } from '../config/config.ts'
import { changesIn } from '../engine/changes.ts'
import type { AttemptEntry, PastRun, PastStep } from '../ledger/past.ts'
import type { ItemInRun, RequestAttempt, Sending } from '../model/history.ts'
import type { Outcome } from '../model/outcome.ts'
import { isSend, type Step } from '../model/step.ts'
import { payloadOf } from './explain-now.ts'
import type { Sources, Subject } from './explain-sources.ts'
import { interrupted, type PastTarget, underWay } from './history-outcomes.ts'

/** Requests of a batch that are shown in any case. */
const FEW = 10

/** A step of a past run about one item. */
export interface StepInRun {
  readonly key: string | null
  readonly past: PastRun
  readonly target: PastTarget
  readonly found: PastStep
  readonly inRun: ItemInRun
}

/** The steps of a code at a target in all kept runs, the newest run first. */
export function stepsIn({ id }: Subject, code: string, { pasts, history }: Sources): StepInRun[] {
  return pasts.flatMap(past => {
    const target = past.targets.find(each => each.id === id)
    if (target === undefined || history === null) return []
    const isUnderWay = history.stateOf(past.entry) === 'under-way'
    const settled = ({ outcome, open }: PastStep) => {
      if (open === null) return outcome
      return isUnderWay ? underWay(outcome, open) : interrupted(outcome, target, open)
    }
    return past.about(target, code).map(found => {
      const outcome = settled(found)
      const { id: run, command, startedAt } = past.entry
      const inRun = { run, command, startedAt, action: found.step.action, outcome }
      return { key: outcome.key, past, target, found, inRun }
    })
  })
}

/** The last of these steps in which the item was sent, or was to be; null: none is kept. */
export function sendingOf(steps: readonly StepInRun[], configured: ConfiguredTarget | null): Sending | null {
  const last = steps.find(({ found }) => found.step.action !== 'unchanged' && found.step.action !== 'reject')
  if (last === undefined) return null
  const { past, target, found, inRun } = last
  const { step, batchItems } = found
  const { batch } = inRun.outcome
  const ofBatch = batch === null ? [] : [...past.attempts(target.id, batch)]
  const requests = ownOf(ofBatch, inRun.outcome) ?? ofBatch
  return {
    ...inRun,
    gallery: 'item' in step ? step.item.gallery : [],
    changes: isSend(step) ? changesIn(step) : null,
    batchItems,
    requests: requests.length,
    attempts: telling(requests, inRun.outcome).map(shown),
    ...payloadIn(step, configured),
  }
}

function payloadIn(step: Step, configured: ConfiguredTarget | null): Pick<Sending, 'payload' | 'isExact'> {
  if (!isSend(step) || configured === null) return { payload: null, isExact: false }
  const { payload, fingerprint } = payloadOf(step.item, configured)
  return { payload, isExact: fingerprint === step.fingerprint }
}

/** The requests for one item alone; null: they cannot be told from those for others of its batch. */
function ownOf(requests: readonly AttemptEntry[], { requestId, attempts }: Outcome): readonly AttemptEntry[] | null {
  const own = requests.filter(each => requestId !== null && each.requestId === requestId)
  return own.length > 0 && own.length === attempts ? own : null
}

/** Where every item has requests of its own, most of those of a batch are about its neighbours. */
function telling(requests: readonly AttemptEntry[], { requestId }: Outcome): readonly AttemptEntry[] {
  if (requests.length <= FEW) return requests
  return requests.filter(each => each.reason !== null || (requestId !== null && each.requestId === requestId))
}

function shown({ n, at, http, requestId, reason, message }: AttemptEntry): RequestAttempt {
  return { n, at, http, requestId, reason, message }
}
