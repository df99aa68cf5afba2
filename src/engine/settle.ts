import type { Journal, Ledger, Safety, TargetId } from '../ledger/ledger.ts'
import type { Clock } from '../lib/clock.ts'
import { Fault } from '../model/fault.ts'
import type { Result } from '../model/outcome.ts'
import type { Batch, SendStep } from '../model/step.ts'
import { answered, heed } from './deliver.ts'
import { knowledgeOf } from './knowledge.ts'
import { haltOn, ioOf, type Lane } from './lane.ts'

const FIRST_PAUSE_MS = 2000
const LONGEST_PAUSE_MS = 30_000

/** How often pending items are asked about at most when that may take so long. */
export function mostLooks(maxWaitMs: number): number {
  let looks = 1
  for (let pause = FIRST_PAUSE_MS, at = pause; at <= maxWaitMs; at += pause) {
    looks++
    pause = Math.min(pause * 2, LONGEST_PAUSE_MS)
  }
  return looks
}

/** A batch with items that the target has taken and not settled yet. */
export interface SentBatch {
  readonly batch: Batch
  readonly results: readonly Result[]
}

/** Steps of which is known what became of them, and that, in the same order. */
export interface Settled {
  readonly steps: readonly SendStep[]
  readonly results: readonly Result[]
}

export interface Settling {
  readonly journal: Journal
  readonly ledger: Ledger
  readonly id: TargetId
  readonly clock: Clock
  readonly stop: AbortSignal
}

export function isPending({ steps }: Batch, at: number, lane: Lane): boolean {
  const step = steps[at]
  return step !== undefined && lane.pending.has(step)
}

/** What is known by now of the steps of a batch at these places. */
export function settledAt({ batch, results }: SentBatch, is: (at: number) => boolean): Settled {
  return { steps: batch.steps.filter((_, at) => is(at)), results: results.filter((_, at) => is(at)) }
}

/**
 * The results as the journal has them until everything is settled: what is not finished counts as not attempted, so that a retry goes
 * on with it should the process be killed before.
 */
export function forNow({ steps }: Batch, results: readonly Result[], lane: Lane): readonly Result[] {
  return results.map((result, at) => (isUnfinished(steps[at], lane) ? { ...result, status: 'skipped' } : result))
}

function isUnfinished(step: SendStep | undefined, { pending }: Lane): boolean {
  return step !== undefined && pending.get(step)?.isUnfinished === true
}

/**
 * Asks about pending items, at growing intervals, until none is left, time is up or the run stops. What stays open keeps the
 * verdict it got for the time being, or has failed where something is left to do, and is looked at first in the next run.
 */
export async function settlePending(
  sent: readonly SentBatch[],
  lane: Lane,
  settling: Settling,
  done: (settled: Settled) => void,
): Promise<void> {
  const { clock, stop } = settling
  const deadline = clock.now() + lane.settings.maxWait * 1000
  let open = sent
  for (let pause = FIRST_PAUSE_MS; open.length > 0; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
    open = await askOnce(open, lane, settling, done)
    if (open.length === 0 || lane.halted !== null || stop.aborted || clock.now() + pause > deadline) break
    await clock.sleep(pause, stop)
  }
  // Nobody will ask any more in this run.
  const status = lane.halted?.rest ?? (stop.aborted ? 'skipped' : 'failed')
  for (const { batch, results } of open) {
    const ended = results.map((result, at) => (isUnfinished(batch.steps[at], lane) ? { ...result, status } : result))
    if (status === 'failed' && batch.steps.some(step => isUnfinished(step, lane))) record(batch, ended, lane, settling)
    done(settledAt({ batch, results: ended }, at => isPending(batch, at, lane)))
  }
}

/** One look at everything that is pending; gives the batches that still have something open. */
async function askOnce(
  open: readonly SentBatch[],
  lane: Lane,
  settling: Settling,
  done: (settled: Settled) => void,
): Promise<readonly SentBatch[]> {
  const steps = open.flatMap(({ batch }) => batch.steps.filter(step => lane.pending.has(step)))
  const found = await ask(steps, lane)
  if (found === null) return open
  return open.flatMap(({ batch, results }) => {
    const finds = batch.steps.map(step => found.get(step))
    const merged = results.map((result, at) => merge(result, finds[at]))
    done(settledAt({ batch, results: merged }, at => finds[at] !== undefined && !isPending(batch, at, lane)))
    record(batch, forNow(batch, merged, lane), lane, settling)
    return batch.steps.some(step => lane.pending.has(step)) ? [{ batch, results: merged }] : []
  })
}

/** What is known now of an item that was pending; its requests so far count too. */
function merge(before: Result, now: Result | undefined): Result {
  return now === undefined ? before : { ...now, attempts: before.attempts + now.attempts }
}

async function ask(steps: readonly SendStep[], lane: Lane): Promise<ReadonlyMap<SendStep, Result> | null> {
  if (lane.target.settle === undefined) return null
  try {
    const items = steps.flatMap(step => {
      const pending = lane.pending.get(step)
      return pending === undefined ? [] : [{ item: step.item, meanwhile: pending.meanwhile }]
    })
    const answers = await lane.target.settle(items, ioOf(lane), lane.options, lane.facts)
    heed(answers, lane)
    return new Map(
      steps.flatMap((step, at) => {
        const answer = answers[at]
        if (answer === undefined || answer.status === 'suspect') return []
        // After a fault the item is where it was: only the question about it failed.
        return answer.status === 'fault' ? [] : [[step, answered(answer, step, 0, lane)] as const]
      }),
    )
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    haltOn(error, lane)
    return null
  }
}

/** Settles the batch in the journal, with what the ledger shall know of its items then. `settled`: keys of which more is certain. */
export function record(
  batch: Batch,
  results: readonly Result[],
  lane: Lane,
  { journal, ledger, id }: Pick<Settling, 'journal' | 'ledger' | 'id'>,
  { settled = [], safety }: { readonly settled?: readonly string[]; readonly safety?: Safety } = {},
): void {
  const knowledge = knowledgeOf(batch.steps, results, keys => ledger.held(id, keys), lane.pending)
  // The target has them for certain, although something is left to do.
  const unfinished = batch.steps.filter(step => isUnfinished(step, lane)).map(({ item }) => item.key)
  journal.settle(id, batch, results, { ...knowledge, settled: [...settled, ...unfinished] }, safety)
}
