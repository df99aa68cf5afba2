import type { Knowledge, Ledger, TargetId } from '../ledger/ledger.ts'
import { Fault } from '../model/fault.ts'
import type { Result } from '../model/outcome.ts'
import type { DeleteStep, Removal } from '../model/step.ts'
import type { ItemAnswer } from '../targets/target.ts'
import { haltOn, ioOf, type Lane } from './lane.ts'
import { faultResult, restResult } from './results.ts'

/** Removes the items of one batch: one result per step, in order. Never throws a Fault. */
export async function remove({ steps }: Removal, lane: Lane): Promise<readonly Result[]> {
  if (lane.halted !== null) return steps.map(() => restResult(lane))
  if (lane.target.remove === undefined) throw new Error(`${lane.target.type} cannot remove, but was asked to`)
  try {
    const items = steps.map(step => step.item)
    const answers = await lane.target.remove(items, ioOf(lane), lane.options, lane.facts)
    if (answers.length !== steps.length) {
      throw new Error(`${lane.target.type} gave ${answers.length} verdicts for ${steps.length} removals`)
    }
    return answers.map(answer => resultOf(answer, lane))
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    haltOn(error, lane)
    return steps.map(() => faultResult(error))
  }
}

function resultOf(answer: ItemAnswer, lane: Lane): Result {
  if (answer.status === 'fault') {
    haltOn(answer.fault, lane)
    return faultResult(answer.fault)
  }
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
  const withStatus = (status: Result['status']): string[] =>
    steps.filter((_, at) => results[at]?.status === status).map(step => step.item.key)
  const doubted = [...ledger.held(id, withStatus('failed')).values()]
  return { holds: [], doubts: doubted.map(held => ({ ...held, fingerprint: null })), gone: withStatus('deleted') }
}
