import type { Purpose } from '../model/forecast.ts'
import type { SentItem } from '../model/item.ts'

/** Items that `push` or `remove` of a target will be given in one call. */
export interface PlannedLoad {
  readonly action: 'create' | 'update' | 'delete'
  readonly items: readonly SentItem[]
}

/** The requests of a plan by what they are for: the fewest and the most that it takes when none of them fails. */
export interface Expected {
  readonly least: Readonly<Partial<Record<Purpose, number>>>
  readonly most: Readonly<Partial<Record<Purpose, number>>>
  /** The requests of one call of `settle` that is not the first, at most; 0 or missing: the first one settles everything. */
  readonly perLook?: number
  /** What may add to that and cannot be counted beforehand, one sentence each. */
  readonly remarks?: readonly string[]
}

/** Counts the requests of a plan, load by load, in the order in which they are planned. */
export interface Forecaster {
  add(load: PlannedLoad): void
  /** For all that was added, which is one load at least. */
  total(): Expected
}

/** A count per purpose, from the fewest to the most. */
export class Requests {
  readonly #least: Partial<Record<Purpose, number>> = {}
  readonly #most: Partial<Record<Purpose, number>> = {}

  /** @param most default: exactly as many as the fewest */
  add(purpose: Purpose, least: number, most: number = least): void {
    if (most === 0) return
    this.#least[purpose] = (this.#least[purpose] ?? 0) + least
    this.#most[purpose] = (this.#most[purpose] ?? 0) + most
  }

  total(): Expected {
    return { least: this.#least, most: this.#most }
  }
}
