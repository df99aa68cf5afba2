import { type Forecast, PURPOSES, type Purpose, type Quota } from '../model/forecast.ts'
import type { Rate } from '../model/rate.ts'
import type { Expected, Forecaster } from '../targets/forecast.ts'
import type { Target } from '../targets/target.ts'
import { mostLooks } from './settle.ts'

/** How requests are paced, and how long pending items are followed. */
export interface Pacing {
  readonly rate: Rate | null
  /** What the vendor documents. */
  readonly limit: Rate | null
  /** Seconds. */
  readonly maxWait: number
}

/** What counts a target's requests: its own way of counting, else one request per load. */
export function forecasterFor({ forecast, limits }: Target, options: unknown): Forecaster {
  return forecast?.(options) ?? plainForecaster(limits.requestsPerItem ?? null)
}

/** The forecast of a plan that is expected to take these requests; null: of one that takes none. */
export function forecast(expected: Expected | null, { rate, limit, maxWait }: Pacing): Forecast {
  const { least = {}, most = {}, perLook = 0, remarks = [] } = expected ?? {}
  const requests = sum(least)
  const furtherLooks = perLook === 0 ? 0 : (mostLooks(maxWait * 1000) - 1) * perLook
  return {
    requests,
    most: sum(most) + furtherLooks,
    purposes: Object.fromEntries(PURPOSES.flatMap(each => (least[each] ? [[each, least[each]]] : []))),
    seconds: secondsFor(requests, rate),
    rate,
    quota: quotaOf(requests, rate, limit),
    remarks,
  }
}

/** How long the rate limit makes so many requests take at least: each full window must pass before the next may begin. */
export function secondsFor(requests: number, rate: Rate | null): number {
  if (rate === null || requests === 0) return 0
  const windows = Math.floor((requests - 1) / rate.count)
  return Math.ceil((windows * rate.perMs) / 1000)
}

/** What the busiest window of the vendor's limit is filled with. */
function quotaOf(requests: number, rate: Rate | null, limit: Rate | null): Quota | null {
  if (rate === null || limit === null || requests === 0) return null
  const atOnce = Math.min(requests, (rate.count * limit.perMs) / rate.perMs)
  return { limit, share: atOnce / limit.count }
}

function plainForecaster(perItem: number | null): Forecaster {
  const counts: Partial<Record<Purpose, number>> = {}
  return {
    add({ action, items }) {
      counts[action] = (counts[action] ?? 0) + (perItem === null ? 1 : items.length * perItem)
    },
    total: () => ({ least: counts, most: counts }),
  }
}

function sum(counts: Expected['least']): number {
  return Object.values(counts).reduce((total, count) => total + count, 0)
}
