import { Fault, type FaultKind } from '../model/fault.ts'
import type { Send } from '../model/http.ts'
import type { Pending, Verdict } from '../model/outcome.ts'
import type { Io, ItemAnswer } from './target.ts'

/** After one of these nothing else will work either, so the items that follow are not tried. */
const STOPPING: readonly FaultKind[] = ['credentials', 'throttled', 'unreachable', 'endpoint', 'stopped']

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
  for (const item of items) {
    const answer: ItemAnswer =
      stopping === null ? await one(item, io, work) : { status: 'fault', fault: stopping.after(0) }
    if (answer.status === 'fault' && STOPPING.includes(answer.fault.kind)) stopping = answer.fault
    answers.push(answer)
  }
  return answers
}

async function one<T>(item: T, io: Io, work: (item: T, io: Io) => Promise<Verdict | Pending>): Promise<ItemAnswer> {
  let attempts = 0
  const send: Send = async request => {
    try {
      const response = await io.send(request)
      attempts += response.attempts
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
    if (error instanceof Fault) return { status: 'fault', fault: error.after(attempts) }
    throw error
  }
}
