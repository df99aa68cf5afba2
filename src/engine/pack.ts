import {
  type Batch,
  type DeleteStep,
  type FeedStep,
  isSend,
  type Page,
  type RejectStep,
  type Removal,
  type SendStep,
  STEPS_PER_PAGE,
  type UnchangedStep,
} from '../model/step.ts'

/** Brackets around the array of a batch; every item adds a comma. */
const BATCH_BYTES = 2

export interface BatchLimits {
  readonly items: number
  readonly bytes: number
}

/**
 * Packs steps into full batches and pages, each in the order of the feed. Items to create and items to update travel
 * apart, because a target that answers with totals only can then be taken at its word for every item. An item that is
 * larger than the byte limit travels alone.
 */
export function* pack(steps: Iterable<FeedStep>, limits: BatchLimits): Generator<Batch | Page> {
  let no = 0
  let pageNo = 0
  const open = { create: newLoad(), update: newLoad() }
  const pages: Record<Page['action'], (UnchangedStep | RejectStep)[]> = { unchanged: [], reject: [] }
  for (const step of steps) {
    if (isSend(step)) {
      const load = open[step.action]
      if (!fits(load, step, limits)) {
        yield { action: step.action, no: ++no, steps: load.steps }
        open[step.action] = newLoad()
      }
      add(open[step.action], step)
      continue
    }
    pages[step.action].push(step)
    if (pages[step.action].length < STEPS_PER_PAGE) continue
    yield { action: step.action, no: ++pageNo, steps: pages[step.action] }
    pages[step.action] = []
  }
  for (const action of ['create', 'update'] as const) {
    if (open[action].steps.length > 0) yield { action, no: ++no, steps: open[action].steps }
  }
  for (const action of ['unchanged', 'reject'] as const) {
    if (pages[action].length > 0) yield { action, no: ++pageNo, steps: pages[action] }
  }
}

/** Packs removals like batches, numbered from `after` + 1. */
export function* packRemovals(steps: Iterable<DeleteStep>, items: number, after: number): Generator<Removal> {
  let no = after
  let open: DeleteStep[] = []
  for (const step of steps) {
    open.push(step)
    if (open.length < items) continue
    yield { action: 'delete', no: ++no, steps: open }
    open = []
  }
  if (open.length > 0) yield { action: 'delete', no: ++no, steps: open }
}

interface OpenLoad {
  steps: SendStep[]
  bytes: number
}

function newLoad(): OpenLoad {
  return { steps: [], bytes: BATCH_BYTES }
}

function add(load: OpenLoad, step: SendStep): void {
  load.steps.push(step)
  load.bytes += step.bytes + 1
}

function fits(load: OpenLoad, step: SendStep, { items, bytes }: BatchLimits): boolean {
  if (load.steps.length === 0) return true
  return load.steps.length < items && load.bytes + step.bytes + 1 <= bytes
}
