import type { ExplainedItem, ExplainedTarget, HeldNow, ItemInRun } from '../model/history.ts'
import type { Held } from '../model/item.ts'
import type { Status } from '../model/outcome.ts'
import { type StepInRun, sendingOf, stepsIn } from './explain-sending.ts'
import type { Sources, Subject } from './explain-sources.ts'

/** What became of the items of a code at a target, run by run. */
export function explainTarget(subject: Subject, code: string, sources: Sources): ExplainedTarget {
  const { name, type, configured } = subject
  const steps = stepsIn(subject, code, sources)
  const held = heldNow(subject, code, sources)
  const unknown = unknownNow(subject, code, sources)
  const keys = new Set([...[...sources.next, ...steps].map(({ key }) => key), ...held.keys(), ...unknown.keys()])
  const itemOf = (key: string | null): ExplainedItem => {
    const own = steps.filter(step => step.key === key)
    return {
      key,
      history: own.map(({ inRun }): ItemInRun => inRun),
      sending: sendingOf(own, configured),
      held: key === null ? null : heldAfter(held.get(key), own),
      unknown: key === null ? null : (unknown.get(key) ?? null),
      next: sources.next.find(each => each.key === key)?.step ?? null,
    }
  }
  return {
    name,
    type,
    endpoint: endpointOf(subject, sources),
    noPayload: whyNoPayload(subject, sources),
    items: [...keys].map(itemOf),
  }
}

/** Of what a target has taken and not finished, the ledger has no fingerprint either. */
function heldAfter(held: HeldNow | undefined, [newest]: readonly StepInRun[]): HeldNow | null {
  if (held === undefined) return null
  const isTaken = newest !== undefined && TAKEN.includes(newest.inRun.outcome.status)
  return held.fingerprint === null && isTaken ? { ...held, inProgress: true } : held
}

const TAKEN: readonly Status[] = ['created', 'updated', 'accepted']

/** Emulators listen at another port with every start. */
function endpointOf({ configured, origin }: Subject, { now }: Sources): string {
  return now.sandbox || configured === null ? origin : configured.settings.baseUrl
}

function whyNoPayload({ name, configured }: Subject, { now }: Sources): string | null {
  if (configured !== null) return null
  if (now.trouble !== null) return now.trouble
  const moved = now.targets.some(each => each.name === name)
  return moved
    ? `The target "${name}" has another address or account now, so what it was sent cannot be made again.`
    : `The target "${name}" is not configured any more, so what it was sent cannot be made again.`
}

/** Any run of the target leads to what the ledger holds of it now. */
function heldNow({ id }: Subject, code: string, { pasts }: Sources): Map<string, HeldNow> {
  const past = pasts.find(({ targets }) => targets.some(target => target.id === id))
  const held = id === null || past === undefined ? [] : past.held(id, code)
  return new Map(held.map(each => [each.key, shown(each)]))
}

function shown({ gallery, tail, remoteId, fingerprint }: Held): HeldNow {
  return { gallery, tail, remoteId, fingerprint }
}

function unknownNow({ id }: Subject, code: string, { history }: Sources): Map<string, ExplainedItem['unknown']> {
  const all = id === null || history === null ? [] : history.ledger.unknowns(id)
  const found = new Map<string, ExplainedItem['unknown']>()
  for (const { step, run, attemptedAt, message } of all) {
    if (step.item.code === code) found.set(step.item.key, { run, attemptedAt, message })
  }
  return found
}
