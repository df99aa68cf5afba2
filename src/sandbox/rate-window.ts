import type { Clock } from '../lib/clock.ts'
import type { Rate } from '../model/rate.ts'

/** A sliding window per caller. A refused request takes no place in it. */
export class RateWindow {
  readonly #rate: Rate
  readonly #clock: Clock
  readonly #starts = new Map<string, number[]>()

  constructor(rate: Rate, clock: Clock) {
    this.#rate = rate
    this.#clock = clock
  }

  /** True when the caller may make a request now, which is then counted. */
  admits(caller: string): boolean {
    const now = this.#clock.now()
    const recent = (this.#starts.get(caller) ?? []).filter(start => start > now - this.#rate.perMs)
    const isFree = recent.length < this.#rate.count
    this.#starts.set(caller, isFree ? [...recent, now] : recent)
    return isFree
  }

  reset(): void {
    this.#starts.clear()
  }
}
