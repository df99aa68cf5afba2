import { truncate } from '../lib/text.ts'
import type { FeedWarning } from '../model/report.ts'

const PLACES = 5
/** A code or a column name may be half a megabyte, of which nobody reads more than this. */
const SHOWN = 1000

/** Collects what should be said about a feed: once per reason, with a count and the first places. */
export class Warnings {
  readonly #byReason = new Map<string, { count: number; message: string; places: string[] }>()
  /** How often something was added. */
  count = 0

  add(reason: string, message: string, place: string): void {
    this.count++
    const known = this.#byReason.get(reason)
    if (known === undefined) {
      this.#byReason.set(reason, { count: 1, message: truncate(message, SHOWN), places: [place] })
      return
    }
    known.count++
    if (known.places.length < PLACES) known.places.push(place)
  }

  list(): FeedWarning[] {
    return [...this.#byReason].map(([reason, { count, message, places }]) => ({ reason, count, message, places }))
  }
}
