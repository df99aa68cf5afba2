import { Fault } from '../model/fault.ts'
import type { Send } from '../model/http.ts'
import type { Result, Suspect } from '../model/outcome.ts'
import type { SendStep } from '../model/step.ts'
import type { ItemAnswer } from '../targets/target.ts'
import { isolate, type Probe } from './isolate.ts'
import { haltOn, ioOf, type Lane } from './lane.ts'
import { afterAttempts, faultResult, restResult, resultOf, unattributed, unattributedAfter } from './results.ts'

/** Items that travel together. */
interface Group {
  /** Number of the batch that they are from. */
  readonly no: number
  readonly action: 'create' | 'update'
  readonly steps: readonly SendStep[]
}

interface Answer {
  readonly verdicts: readonly ItemAnswer[]
  readonly attempts: number
}

/** Sends a group and finds out what became of each item: one result per step, in order. Never throws a Fault. */
export async function deliver(group: Group, lane: Lane): Promise<readonly Result[]> {
  if (group.steps.length > lane.itemsAtOnce) return inParts(group, lane)
  const answer = await request(group, lane)
  if (answer instanceof Fault) return afterFault(answer, group, lane)
  return settle(group, answer, lane)
}

/** One request with its retries. A target that breaks its promise of one verdict per item is a defect, not an answer. */
async function request({ no, action, steps }: Group, lane: Lane): Promise<Answer | Fault> {
  let attempts = 0
  const send: Send = async each => {
    const response = await lane.wire.send({ ...each, batch: no })
    attempts += response.attempts
    return response
  }
  try {
    const load = { action, items: steps.map(step => step.item) }
    const verdicts = await lane.target.push(load, ioOf(lane, send), lane.options, lane.facts)
    if (verdicts.length !== steps.length) {
      throw new Error(`${lane.target.type} gave ${verdicts.length} verdicts for ${steps.length} items`)
    }
    heed(verdicts, lane)
    return { verdicts, attempts }
  } catch (error) {
    if (error instanceof Fault) return error.after(attempts + error.attempts)
    throw error
  }
}

/** A fault of one item may be one of the whole target; a load counts as lost when none of its items got an answer. */
export function heed(verdicts: readonly ItemAnswer[], lane: Lane): void {
  const faults = verdicts.flatMap(verdict => (verdict.status === 'fault' ? [verdict.fault] : []))
  const isLoss = ({ kind }: Fault): boolean => kind === 'ambiguous' || kind === 'unreadable'
  if (faults.length < verdicts.length) lane.lost = 0
  for (const fault of faults.filter(each => !isLoss(each))) haltOn(fault, lane)
  const loss = faults.find(isLoss)
  if (loss !== undefined && faults.length === verdicts.length) haltOn(loss, lane)
}

async function afterFault(fault: Fault, group: Group, lane: Lane): Promise<readonly Result[]> {
  const { steps } = group
  haltOn(fault, lane)
  if (fault.kind === 'too-large' && steps.length > 1) {
    lane.itemsAtOnce = Math.min(lane.itemsAtOnce, Math.ceil(steps.length / 2))
    return afterAttempts(await inParts(group, lane), fault.attempts)
  }
  if (fault.kind === 'refused' && steps.length > 1) {
    return afterAttempts(await findRefused(fault, group, lane), fault.attempts)
  }
  return steps.map(() => faultResult(fault, lane))
}

async function inParts(group: Group, lane: Lane): Promise<readonly Result[]> {
  const results: Result[] = []
  while (results.length < group.steps.length) {
    const steps = group.steps.slice(results.length, results.length + lane.itemsAtOnce)
    results.push(...(lane.halted ? steps.map(() => restResult(lane)) : await deliver({ ...group, steps }, lane)))
  }
  return results
}

async function settle(group: Group, answer: Answer, lane: Lane): Promise<readonly Result[]> {
  const { steps } = group
  const isSuspect = (at: number): boolean => answer.verdicts[at]?.status === 'suspect'
  const suspects = steps.filter((_, at) => isSuspect(at))
  const found = suspects.length === 0 ? [] : await findFailed({ ...group, steps: suspects }, answer, lane)
  const bySuspect = new Map(suspects.map((step, at) => [step, found[at] ?? unattributed()]))
  return steps.map((step, at) => {
    const verdict = answer.verdicts[at]
    if (verdict !== undefined && verdict.status !== 'suspect') return answered(verdict, step, answer.attempts, lane)
    const result = bySuspect.get(step) ?? unattributed()
    return { ...result, attempts: result.attempts + answer.attempts }
  })
}

/** A pending item gets the verdict for the time being and is remembered. */
export function answered(answer: Exclude<ItemAnswer, Suspect>, step: SendStep, attempts: number, lane: Lane): Result {
  if (answer.status === 'fault') return faultResult(answer.fault, lane)
  if (answer.status !== 'pending') {
    lane.pending.delete(step)
    return resultOf(answer, step, attempts, lane)
  }
  lane.pending.set(step, answer)
  return resultOf(answer.meanwhile, step, attempts, lane)
}

/** The answer counted failures without naming them. Who passes keeps the status that the first answer gave. */
function findFailed(group: Group, first: Answer, lane: Lane): Promise<readonly Result[]> {
  const suspect = first.verdicts.find(verdict => verdict.status === 'suspect')
  const passed = suspect?.status === 'suspect' ? suspect.ifPassed.status : null
  return find(group, lane, {
    giveUp: unattributed,
    afterFault: unattributedAfter,
    async read(answer, part) {
      if (answer.verdicts.some(verdict => verdict.status === 'suspect')) return { failing: true }
      const results = await settle(part, answer, lane)
      return { settled: results.map(result => (isPass(result) && passed ? { ...result, status: passed } : result)) }
    },
  })
}

/** The batch was refused as a whole, so nothing of it took effect; the answers to its parts say what became of them. */
function findRefused(fault: Fault, group: Group, lane: Lane): Promise<readonly Result[]> {
  const refused = { ...faultResult(fault, lane), attempts: 0, message: `Its batch was refused: ${fault.message}` }
  return find(group, lane, {
    giveUp: () => (lane.halted === null ? refused : restResult(lane)),
    afterFault: each => faultResult(each, lane),
    read: async (answer, part) => ({ settled: await settle(part, answer, lane) }),
  })
}

interface Finding {
  /** For items that stay open. */
  giveUp(): Result
  /** For items whose own request ended in a fault that is no refusal. */
  afterFault(fault: Fault): Result
  /** What an answer says of the part that was sent. */
  read(answer: Answer, part: Group): Promise<Probe<Result>>
}

/** Finds out by halves. A request that only said that somebody failed counts for all who were in it. */
async function find(group: Group, lane: Lane, { giveUp, afterFault, read }: Finding): Promise<readonly Result[]> {
  const spent = new Map<SendStep, number>()
  const results = await isolate<Result>(group.steps, {
    affordable: () => lane.probes > 0 && lane.halted === null,
    giveUp,
    async probe(steps) {
      lane.probes--
      const part = { ...group, steps }
      const answer = await request(part, lane)
      const found = answer instanceof Fault ? readFault(answer, part, lane, afterFault) : await read(answer, part)
      if ('failing' in found) for (const step of steps) spent.set(step, (spent.get(step) ?? 0) + answer.attempts)
      return found
    },
  })
  return group.steps.flatMap((step, at) => {
    const result = results[at]
    return result === undefined ? [] : [{ ...result, attempts: result.attempts + (spent.get(step) ?? 0) }]
  })
}

/** A refusal says of several items that one is to blame, and of one that it is; any other fault leaves all of them open. */
function readFault(fault: Fault, { steps }: Group, lane: Lane, afterFault: Finding['afterFault']): Probe<Result> {
  haltOn(fault, lane)
  if (fault.kind !== 'refused') return { settled: steps.map(() => afterFault(fault)) }
  return steps.length > 1 ? { failing: true } : { settled: steps.map(() => faultResult(fault, lane)) }
}

function isPass({ status }: Result): boolean {
  return status === 'created' || status === 'updated' || status === 'accepted'
}
