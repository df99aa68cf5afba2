import { digest } from '../lib/hash.ts'
import type { Fails } from './emulator.ts'
import type { FaultName, FaultRule } from './faults.ts'

/** A fault of the request as a whole. */
export interface Interruption extends FaultRule {
  readonly fault: Exclude<FaultName, 'partial'>
}

/** What goes wrong with one request. */
export interface Injection {
  readonly fault: Interruption | null
  readonly fails: Fails
}

const POISON = /poison/i
/** Keeps 100 × 0.29 = 28.999… from losing its 29th failure. */
const ROUNDING = 1e-9

/**
 * The faults of one emulator, request by request. Nothing is left to chance: the same requests in the same order meet
 * the same faults. Rules are asked in order and the first that applies wins; `partial` may come on top of another.
 */
export class FaultSequence {
  readonly #rules: readonly FaultRule[]
  #seen: number[] = []

  constructor(rules: readonly FaultRule[]) {
    this.#rules = rules
  }

  next(): Injection {
    const partial = this.#rules.filter((rule, at) => rule.fault === 'partial' && this.#applies(rule, at))
    const isDue = (rule: FaultRule, at: number): rule is Interruption =>
      rule.fault !== 'partial' && this.#applies(rule, at)
    return {
      fault: this.#rules.find(isDue) ?? null,
      fails: code => partial.some(rule => isHit(code, rule.rate)),
    }
  }

  /** Starts the sequence again. */
  reset(): void {
    this.#seen = []
  }

  #applies(rule: FaultRule, at: number): boolean {
    const count = (this.#seen[at] ?? 0) + 1
    this.#seen[at] = count
    if (count > (rule.times ?? Number.POSITIVE_INFINITY)) return false
    if (rule.fault === 'partial') return true // its rate chooses items, not requests
    const rate = rule.rate ?? 1
    return due(count, rate) > due(count - 1, rate)
  }
}

/** How many of the first `count` requests fail: spread evenly, so that rate 0.25 hits every fourth. */
function due(count: number, rate: number): number {
  return Math.floor(count * rate + ROUNDING)
}

function isHit(code: string, rate: number | undefined): boolean {
  return POISON.test(code) || (rate !== undefined && share(code) < rate)
}

/** A number from 0 to below 1 that is always the same for one code and evenly spread over codes. */
function share(code: string): number {
  return Buffer.from(digest(code), 'base64url').readUInt32BE(0) / 2 ** 32
}
