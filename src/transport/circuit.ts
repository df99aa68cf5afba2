import type { Clock } from '../lib/clock.ts'
import type { HttpRequest } from '../model/http.ts'

/** Failures in a row after which a target is taken for down; they must be those of several requests: one may be at fault itself. */
const FAILURES = 5
const REQUESTS = 3
/** Before the first look whether it is back; twice as long before each further one. */
const FIRST_PAUSE_MS = 1000
const LONGEST_PAUSE_MS = 20_000

export interface CircuitOptions {
  /** How often one request at a time looks whether the target is back. */
  readonly looks: number
  /** The longest it may be away, in milliseconds. */
  readonly maxWait: number
  readonly clock: Clock
  readonly random: () => number
}

/** Finds out that a target is down, over all its requests, and how long it is left alone then. */
export interface Circuit {
  /** The target said something: it is there. */
  answered(): void
  /**
   * Milliseconds to leave the target alone: 0 while this may be chance, Infinity when it is given up.
   *
   * @param mayLook false: a further request like this one could do harm
   */
  failed(request: HttpRequest, startedAt: number, mayLook: boolean): number
  /** The failures in a row up to now, and milliseconds since the first of them. */
  readonly streak: { readonly failures: number; readonly ms: number }
}

export function createCircuit({ looks, maxWait, clock, random }: CircuitOptions): Circuit {
  const requests = new Set<HttpRequest>()
  let failures = 0
  let since = 0
  let down: { readonly since: number; looksFrom: number; looked: number } | null = null

  function pause(looked: number): number {
    return Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** looked) * (0.5 + random() / 2)
  }

  return {
    answered() {
      requests.clear()
      failures = 0
      down = null
    },
    failed(request, startedAt, mayLook) {
      const now = clock.now()
      if (failures++ === 0) since = startedAt
      requests.add(request)
      if (down === null) {
        if (failures < FAILURES || requests.size < REQUESTS) return 0
        down = { since: now, looksFrom: now, looked: 0 }
      } else {
        if (startedAt < down.looksFrom) return 0 // was under way when the target was found to be down
        down.looked++
      }
      const wait = pause(down.looked)
      down.looksFrom = now + wait
      const isOver = !mayLook || down.looked >= looks || now + wait > down.since + maxWait
      return isOver ? Number.POSITIVE_INFINITY : wait
    },
    get streak() {
      return { failures, ms: clock.now() - since }
    },
  }
}
