import type { Journal, TargetId } from '../ledger/ledger.ts'
import { type Action, type Batch, isBatch, type Page, type Removal } from '../model/step.ts'
import { type BatchLimits, pack, packRemovals } from './pack.ts'
import { type Planning, planSteps } from './plan.ts'
import { planRemovals } from './prune.ts'

/** Pages journalled in one transaction. */
const PAGES_AT_ONCE = 20

export interface Plan {
  readonly actions: Record<Action, number>
  /** Items the source carried to this target before: what --max-delete n% is a share of. */
  readonly carried: number
  readonly batches: number
  /** Steps that carry a reason for the exit code although they are unchanged: an image was left out. */
  readonly remarks: number
}

/** Told after every transaction but the last one how many items are planned so far; planning goes on when that is done. */
export type Progress = (items: number) => void | Promise<void>

/** Writes a target's plan into the journal. */
export async function journalled(
  journal: Journal,
  target: TargetId,
  planned: Iterable<Batch | Removal | Page>,
  carried: () => number,
  progress: Progress = () => undefined,
): Promise<Plan> {
  const plan = { actions: noActions(), batches: 0, remarks: 0, carried: 0 }
  let pages: (Batch | Removal | Page)[] = []
  for (const page of planned) {
    plan.actions[page.action] += page.steps.length
    if (isBatch(page)) plan.batches++
    else plan.remarks += page.steps.filter(step => 'dropped' in step && step.dropped !== null).length
    pages.push(page)
    if (pages.length < PAGES_AT_ONCE) continue
    journal.plan(target, pages)
    await progress(itemsIn(plan))
    pages = []
  }
  journal.plan(target, pages)
  return { ...plan, carried: carried() }
}

/** A target's whole plan: what the feed asks for, then what is to be removed. */
export function* packed(planning: Planning, limits: BatchLimits): Generator<Batch | Removal | Page> {
  let batches = 0
  for (const page of pack(planSteps(planning), limits)) {
    if (isBatch(page)) batches++
    yield page
  }
  if (planning.pruning !== null) yield* packRemovals(planRemovals(planning.pruning, planning), limits.items, batches)
}

function itemsIn({ actions }: Plan): number {
  return Object.values(actions).reduce((sum, count) => sum + count, 0)
}

export function noActions(): Record<Action, number> {
  return { create: 0, update: 0, unchanged: 0, reject: 0, delete: 0 }
}
