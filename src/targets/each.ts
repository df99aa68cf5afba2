import { Fault, type FaultKind } from '../model/fault.ts'
import type { Send } from '../model/http.ts'
import type { Pending, Verdict } from '../model/outcome.ts'
import type { Io, ItemAnswer } from './target.ts'

/** After one of these nothing else will work either, so the items that follow are not tried. */
const STOPPING: readonly FaultKind[] = ['credentials', 'throttled', 'unreachable', 'endpoint', 'stopped']

/** Items in a row without any answer after which the rest of the load is not tried: each costs a whole timeout. */
const LOST_IN_A_ROW = 3

/**
 * For APIs that take one item at a time: works through a load in order. A fault becomes the answer of its item, and the
 * neighbours go on.
 */
export async function each<T>(
  items: readonly T[],
  io: Io,
  work: (item: T, io: Io) => Promise<Verdict | Pending>,
): Promise<readonly ItemAnswer[]> {
  const answers: ItemAnswer[] = []
  let stopping: Fault | null = null
  let lost = 0
  for (const item of items) {
    const answer: ItemAnswer = stopping === null ? await one(item, io, work) : { status: 'fault', fault: stopping }
    answers.push(answer)
    if (stopping !== null || answer.status !== 'fault') {
      lost = 0
      continue
    }
    const { fault } = answer
    lost = fault.kind === 'ambiguous' ? lost + 1 : 0
    // Not tried: without attempts, and without an earlier one of another item that may have taken effect.
    if (STOPPING.includes(fault.kind)) stopping = new Fault(fault.kind, fault.message, { ...fault, attempts: 0 })
    else if (lost === LOST_IN_A_ROW) stopping = new Fault('unreachable', fault.message, { ...fault, attempts: 0 })
  }
  return answers
}

async function one<T>(item: T, io: Io, work: (item: T, io: Io) => Promise<Verdict | Pending>): Promise<ItemAnswer> {
  let attempts = 0
  let wrote = false
  const send: Send = async request => {
    try {
      const response = await io.send(request)
      attempts += response.attempts
      wrote ||= request.method !== 'GET'
      return response
    } catch (error) {
      if (error instanceof Fault) attempts += error.attempts
      throw error
    }
  }
  try {
    const answer = await work(item, { ...io, send })
    if (answer.status === 'pending') return { ...answer, meanwhile: { ...answer.meanwhile, attempts } }
    return { ...answer, attempts }
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    // An earlier request of this item took effect, so it is not as it was, whatever became of the last one.
    const facts =
      wrote && !(error.cause instanceof Fault) ? { ...error, cause: error } : { ...error, cause: error.cause }
    return { status: 'fault', fault: new Fault(error.kind, error.message, { ...facts, attempts }) }
  }
}
