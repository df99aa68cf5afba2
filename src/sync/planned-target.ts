import type { ConfiguredTarget } from '../config/config.ts'
import { forecast, forecasterFor } from '../engine/forecast.ts'
import { noActions } from '../engine/plan-into.ts'
import { EXIT, mostSevere } from '../model/exit.ts'
import type { PlannedTarget } from '../model/report.ts'
import type { Batch, Page, Removal } from '../model/step.ts'
import { loadOf } from './planned-load.ts'

/** A target's plan in numbers, and why its removals would be withheld, or null. */
export interface Survey {
  readonly planned: PlannedTarget
  readonly withheld: string | null
}

/** What people are told of removals that would be withheld. */
export function withheldWords({ planned, withheld }: Survey): string[] {
  return withheld === null ? [] : [`${planned.name}: ${withheld}`]
}

/**
 * The exit code of a plan: what is known before a request is sent of how its push would end.
 *
 * @param heldBack what guards would hold back, in words
 */
export function planExit(targets: readonly PlannedTarget[], heldBack: readonly string[]): number {
  const hasRejects = targets.some(({ totals }) => totals.reject > 0)
  return mostSevere([hasRejects ? EXIT.items : EXIT.ok, heldBack.length > 0 ? EXIT.limit : EXIT.ok])
}

/**
 * Counts a target's plan and forecasts its requests.
 *
 * @param withholds says why so many removals would be withheld; they take no request then
 */
export function survey(
  { name, target, options, settings }: ConfiguredTarget,
  pages: Iterable<Batch | Removal | Page>,
  withholds: (removals: number) => string | null,
): Survey {
  const totals = noActions()
  const [all, withoutRemovals] = [forecasterFor(target, options), forecasterFor(target, options)]
  for (const page of pages) {
    totals[page.action] += page.steps.length
    const load = loadOf(page)
    if (load === null) continue
    all.add(load)
    if (load.action !== 'delete') withoutRemovals.add(load)
  }
  const withheld = totals.delete === 0 ? null : withholds(totals.delete)
  const sends = totals.create + totals.update
  const counted = withheld === null ? all : withoutRemovals
  const isIdle = sends === 0 && (withheld !== null || totals.delete === 0)
  const planned: PlannedTarget = {
    name,
    type: target.type,
    totals,
    items: Object.values(totals).reduce((sum, each) => sum + each, 0),
    forecast: forecast(isIdle ? null : counted.total(), { ...settings, limit: target.limits.rate }),
    endpoint: settings.baseUrl,
  }
  return { planned, withheld }
}
