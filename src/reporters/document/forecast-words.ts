import { duration, plural } from '../../lib/text.ts'
import type { Forecast } from '../../model/forecast.ts'
import { formatRate } from '../../model/rate.ts'

const HOUR_S = 3600

/** "12 requests", or "12 to 24 requests" where the number is not known exactly. */
export function requestWords({ requests, most }: Forecast): string {
  return most > requests ? `${requests} to ${plural(most, 'request')}` : plural(requests, 'request')
}

/** "about 12 minutes at 10/min", or null when the rate limit makes nothing wait. */
export function timeWords({ seconds, rate }: Forecast): string | null {
  if (rate === null || seconds === 0) return null
  return `about ${inWords(seconds)} at ${formatRate(rate)}`
}

function inWords(seconds: number): string {
  if (seconds < 60) return plural(seconds, 'second')
  return seconds < HOUR_S ? plural(Math.ceil(seconds / 60), 'minute') : duration(seconds * 1000)
}
