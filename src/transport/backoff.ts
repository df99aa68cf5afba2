const FIRST_MS = 500
const LONGEST_MS = 20_000
const THROTTLED_FIRST_MS = 1000
const THROTTLED_LONGEST_MS = 60_000

/** Wait before the nth retry (from 1): exponential with full jitter, so that clients that failed together part. */
export function backoff(retry: number, random: () => number): number {
  return random() * Math.min(LONGEST_MS, FIRST_MS * 2 ** (retry - 1))
}

/** Wait after the nth "too many requests" in a row that names no time: 1 s, 2 s, 4 s … 60 s, plus up to a tenth. */
export function throttledBackoff(nth: number, random: () => number): number {
  return Math.min(THROTTLED_LONGEST_MS, THROTTLED_FIRST_MS * 2 ** (nth - 1)) * (1 + random() / 10)
}
