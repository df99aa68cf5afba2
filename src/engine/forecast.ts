import type { Rate } from '../model/rate.ts'
import type { Forecast } from '../model/report.ts'

/** How long the rate limit makes so many requests take at least: each full window must pass before the next may begin. */
export function forecast(requests: number, rate: Rate | null): Forecast {
  if (rate === null || requests === 0) return { requests, seconds: 0 }
  const windows = Math.floor((requests - 1) / rate.count)
  return { requests, seconds: Math.ceil((windows * rate.perMs) / 1000) }
}
