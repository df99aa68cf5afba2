import type { Knowledge, Ledger, TargetId } from '../ledger/ledger.ts'
import { Fault } from '../model/fault.ts'
import type { Send } from '../model/http.ts'
import type { Result } from '../model/outcome.ts'
import type { DeleteStep, Removal } from '../model/step.ts'
import type { ItemAnswer } from '../targets/target.ts'
import { heed } from './deliver.ts'
import { haltOn, ioOf, type Lane } from './lane.ts'
import { faultResult, restResult } from './results.ts'

/** Removes the items of one batch: one result per step, in order. Never throws a Fault. */
export async function remove({ no, steps }: Removal, lane: Lane): Promise<readonly Result[]> {
  if (lane.halted !== null) return steps.map(() => restResult(lane))
  if (lane.target.remove === undefined) throw new Error(`${lane.target.type} cannot remove, but was asked to`)
  let wrote = false
  const send: Send = async request => {
    const response = await lane.wire.send({ ...request, batch: no })
    wrote ||= request.method !== 'GET'
    return response
  }
  try {
    const items = steps.map(step => step.item)
    const answers = await lane.target.remove(items, ioOf(lane, send), lane.options, lane.facts)
    if (answers.length !== steps.length) {
      throw new Error(`${lane.target.type} gave ${answers.length} verdicts for ${steps.length} removals`)
    }
    heed(answers, lane)
    return answers.map(answer => resultOf(answer, lane))
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    haltOn(error, lane)
    // An earlier request took effect, so something of these items may be gone already.
    const fault = wrote
      ? new Fault(error.kind, error.message, { ...error, attempts: error.attempts + 1, cause: error })
      : error
    return steps.map(() => faultResult(fault, lane))
  }
}

function resultOf(answer: ItemAnswer, lane: Lane): Result {
  if (answer.status === 'fault') return faultResult(answer.fault, lane)
  if (answer.status === 'suspect' || answer.status === 'pending') {
    throw new Error(`${lane.target.type} left a removal open`)
  }
  const message = answer.message === null ? null : lane.redact(answer.message)
  return { ...answer, attempts: answer.attempts ?? 1, message }
}

/** What the ledger shall know then: what is removed is gone, what was tried in vain is in doubt. */
export function knowledgeOfRemoval(
  steps: readonly DeleteStep[],
  results: readonly Result[],
  ledger: Ledger,
  id: TargetId,
): Knowledge {
  const keysOf = (is: (result: Result) => boolean): string[] =>
    steps.flatMap((step, at) => {
      const result = results[at]
      return result !== undefined && is(result) ? [step.item.key] : []
    })
  const doubted = ledger.held(
    id,
    keysOf(({ status, attempts }) => status === 'failed' && attempts > 0),
  )
  return {
    holds: [],
    doubts: [...doubted.values()].map(held => ({ ...held, fingerprint: null })),
    gone: keysOf(({ status }) => status === 'deleted'),
  }
}
