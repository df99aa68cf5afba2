import type { Fault } from '../model/fault.ts'

/**
 * The numbers of the AWS SDKs' standard retry mode (https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html):
 * a hundred retries at once, after that no more than the successes pay for.
 */
const FULL = 500
const COST = 5
const TIMEOUT_COST = 10
const EARNED = 1

/** What all requests of a run together may spend on retries at one target, so that a dying one is not hammered to death. */
export interface Budget {
  /** What this retry costs, or null when that is more than is left. */
  spend(fault: Fault): number | null
  /** After an answer: gives back what its last retry cost; without one, a little. */
  earn(spent: number | null): void
}

export function createBudget(): Budget {
  let left = FULL
  return {
    spend({ reason }) {
      const cost = reason === 'timeout' ? TIMEOUT_COST : COST
      if (cost > left) return null
      left -= cost
      return cost
    },
    earn(spent) {
      left = Math.min(FULL, left + (spent ?? EARNED))
    },
  }
}
