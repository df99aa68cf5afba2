import type { Batch, Page, Removal } from '../model/step.ts'
import type { Forecaster, PlannedLoad } from '../targets/forecast.ts'

/** What a page of a plan has a target do; null for what takes no request. */
export function loadOf(page: Batch | Removal | Page): PlannedLoad | null {
  switch (page.action) {
    case 'create':
    case 'update':
      return { action: page.action, items: page.steps.map(({ item }) => item) }
    case 'delete':
      return { action: page.action, items: page.steps.map(({ item }) => item) }
    default:
      return null
  }
}

/** The same pages; what they send is counted as they pass by, removals are not. */
export function* counted(
  pages: Iterable<Batch | Removal | Page>,
  forecaster: Forecaster,
): Generator<Batch | Removal | Page> {
  for (const page of pages) {
    const load = page.action === 'delete' ? null : loadOf(page)
    if (load !== null) forecaster.add(load)
    yield page
  }
}
