import type { Journal, Ledger, TargetId } from '../ledger/ledger.ts'
import type { Clock } from '../lib/clock.ts'
import { inParallel } from '../lib/parallel.ts'
import { EXIT } from '../model/exit.ts'
import { Fault } from '../model/fault.ts'
import { countItems, type Result, type Totals } from '../model/outcome.ts'
import type { TargetSummary } from '../model/report.ts'
import type { Batch, SendStep } from '../model/step.ts'
import { deliver } from './deliver.ts'
import { deleteGuard } from './guards.ts'
import { type Halt, halt, haltOn, INTERRUPTED, ioOf, type Lane } from './lane.ts'
import type { Limit } from './limit.ts'
import type { Plan } from './plan-into.ts'
import { Missing, sendRemoval } from './removals.ts'
import { masked, restResult } from './results.ts'
import { forNow, isPending, record, type SentBatch, type Settled, settledAt, settlePending } from './settle.ts'
import { stillUnknown } from './still-unknown.ts'
import { count, haltInTheEnd, newTally } from './tally.ts'

export interface Sending {
  readonly journal: Journal
  readonly ledger: Ledger
  readonly id: TargetId
  readonly plan: Plan
  readonly clock: Clock
  readonly maxDelete: Limit
  /** No further batch is begun. */
  readonly stop: AbortSignal
  /** What else is to be said of the outcome of an item, before it is settled. */
  readonly remark?: (target: string, step: SendStep, result: Result) => Result
  /** Codes of which something is not at the target for other reasons than this run; asked before anything is removed. Default: none. */
  readonly missing?: () => Iterable<string>
}

/** What sending one target's plan came to. */
export interface Sent {
  readonly summary: TargetSummary
  /** Exit codes that its outcomes and halts call for. */
  readonly exits: readonly number[]
  /** Why it stopped early, or null. */
  readonly halted: Halt | null
  /** Why removals were held back, or null. */
  readonly withheld: string | null
}

/** Sends a target's batches, some at once, and settles each before its place is given to the next. */
export async function send(lane: Lane, sending: Sending): Promise<Sent> {
  const { journal, id, clock, plan } = sending
  const startedAt = clock.now()
  const tally = newTally(plan)
  const missing = new Missing()
  const settle = (settled: Settled, pending: number): void => {
    if (plan.actions.delete > 0) missing.note(settled)
    count(settled.results, tally, lane, pending)
  }
  const open: SentBatch[] = []
  if (plan.batches > 0 || plan.actions.delete > 0) await prepare(lane)
  await inParallel(journal.batches(id), lane.settings.concurrency, async batch => {
    const results = await sendBatch(batch, lane, sending)
    const settled = settledAt({ batch, results }, at => !isPending(batch, at, lane))
    const pending = results.length - settled.results.length
    settle(settled, pending)
    if (pending > 0) open.push({ batch, results })
  })
  await settlePending(open, lane, sending, settled => settle(settled, -settled.results.length))
  if (plan.actions.delete > 0) for (const code of sending.missing?.() ?? []) missing.add(code)
  // A lane that is halted removes nothing anyway, and has said why.
  const withheld = lane.halted === null ? deleteGuard(plan.actions.delete, plan.carried, sending.maxDelete) : null
  for (const removal of journal.removals(id)) {
    count(await sendRemoval(removal, lane, { ...sending, withheld, missing }), tally, lane)
  }
  const { totals, remarks } = tally
  const bad = totals.failed + totals.rejected + totals.unknown + remarks
  const halted = haltInTheEnd(lane, tally)
  return {
    summary: summarize(lane, totals, clock.now() - startedAt),
    exits: [bad > 0 ? EXIT.items : EXIT.ok, halted?.exit ?? EXIT.ok, withheld === null ? EXIT.ok : EXIT.limit],
    halted,
    withheld,
  }
}

async function prepare(lane: Lane): Promise<void> {
  if (lane.target.prepare === undefined || lane.halted !== null) return
  try {
    lane.facts = await lane.target.prepare(ioOf(lane), lane.options)
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    haltOn(error, lane)
    // What the target needs to be told before the first write is missing, so nothing can be sent, now or in this config.
    const refused = error.kind === 'refused'
    const rest = refused ? 'failed' : 'skipped'
    halt(lane, { exit: refused ? EXIT.ok : EXIT.temporary, rest, reason: error.reason, message: error.message })
  }
}

async function sendBatch(batch: Batch, lane: Lane, sending: Sending): Promise<readonly Result[]> {
  const { journal, ledger, id, stop } = sending
  const unknowns = (keys: readonly string[]) => ledger.unknowns(id, keys)
  if (stop.aborted) halt(lane, INTERRUPTED)
  if (lane.halted !== null) {
    const rest = batch.steps.map(() => restResult(lane))
    const results = stillUnknown(batch.steps, rest, unknowns)
    journal.settle(id, batch, results, { holds: [], doubts: [] }, 'soon') // what is lost is found as planned, which is the same
    return results
  }
  // Sent again it gives the same state, so nobody waits for the disk before the request and after the answer.
  const safety = lane.target.replay === 'upsert' ? 'soon' : 'durable'
  journal.begin(id, batch, safety)
  const delivered = stillUnknown(batch.steps, await deliver(batch, lane), unknowns)
  const results = remarked(batch, delivered, lane, sending).map(result => masked(result, lane))
  const settled = noLongerUnknown(batch, delivered, results)
  record(batch, forNow(batch, results, lane), lane, sending, { settled, safety })
  return results
}

/** Keys of items that got no answer and of which is known otherwise that no request can arrive any more. */
function noLongerUnknown({ steps }: Batch, delivered: readonly Result[], results: readonly Result[]): string[] {
  const ended = steps.filter((_, at) => delivered[at]?.status === 'unknown' && results[at]?.status === 'failed')
  return ended.map(({ item }) => item.key)
}

function remarked(
  { steps }: Batch,
  results: readonly Result[],
  { name }: Lane,
  { remark }: Sending,
): readonly Result[] {
  if (remark === undefined) return results
  return results.map((result, at) => {
    const step = steps[at]
    return step === undefined ? result : remark(name, step, result)
  })
}

function summarize(lane: Lane, totals: Totals, durationMs: number): TargetSummary {
  const { requests, retries, throttled, bytesSent } = lane.wire.meter
  return {
    name: lane.name,
    type: lane.target.type,
    totals,
    items: countItems(totals),
    requests,
    retries,
    throttled,
    bytesSent,
    durationMs: Math.round(durationMs),
    endpoint: lane.settings.baseUrl,
  }
}
