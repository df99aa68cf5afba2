/** How many items are done per millisecond, smoothed: what is long ago counts less and less. */
export interface Speed {
  add(items: number, now: number): void
  /** Null before anything can be said; `since` is when the first request started. */
  at(now: number, since: number): number | null
}

/** What is this long ago counts for a third of what has just been done. Requests of one rate window come in one burst. */
const MEMORY_MS = 60_000
/** A shorter time tells nothing. */
export const LEAST_MS = 5000

export function newSpeed(): Speed {
  let weighted = 0
  let last = 0
  const fade = (ms: number): number => Math.exp(-ms / MEMORY_MS)
  return {
    add(items, now) {
      weighted = weighted * fade(now - last) + items
      last = now
    },
    at(now, since) {
      const time = now - since
      if (weighted === 0 || time < LEAST_MS) return null
      // The same fading applied to the time itself: a steady speed is given as it is from the start.
      return (weighted * fade(now - last)) / (MEMORY_MS * (1 - fade(time)))
    },
  }
}
