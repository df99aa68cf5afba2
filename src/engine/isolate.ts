import type { SendStep } from '../model/step.ts'

/** What one request says of a group of items: all settled, or some unnamed ones among them failed. */
export type Probe<R> = { readonly settled: readonly R[] } | { readonly failing: true }

export interface Isolation<R> {
  /** Sends these items again. A single item is always settled. */
  probe(steps: readonly SendStep[]): Promise<Probe<R>>
  /** False when no further request may be spent. */
  affordable(): boolean
  /** For items that stay open because the budget is used up. */
  giveUp(step: SendStep): R
}

/**
 * Finds the failing items of a group that is known to hold at least one, by halves: at most two requests per level, so
 * 2·⌈log2 n⌉ for each failing item. When the first half passes the second one must hold the failure and is not asked as a
 * whole. One result per step, in order.
 */
export async function isolate<R>(steps: readonly SendStep[], isolation: Isolation<R>): Promise<readonly R[]> {
  if (steps.length === 1) return ask(steps, isolation)
  const middle = Math.ceil(steps.length / 2)
  const [left, right] = [steps.slice(0, middle), steps.slice(middle)]
  if (!isolation.affordable()) return steps.map(isolation.giveUp)
  const first = await isolation.probe(left)
  if ('settled' in first) return [...first.settled, ...(await isolate(right, isolation))]
  const found = await isolate(left, isolation)
  return [...found, ...(await ask(right, isolation))]
}

async function ask<R>(steps: readonly SendStep[], isolation: Isolation<R>): Promise<readonly R[]> {
  if (!isolation.affordable()) return steps.map(isolation.giveUp)
  const probe = await isolation.probe(steps)
  return 'settled' in probe ? probe.settled : isolate(steps, isolation)
}
