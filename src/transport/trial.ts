/** As many starts are remembered as tell a limit well enough. */
const MOST = 1000

/** What the requests between two pauses tell of a target's limit. Speeds are starts per millisecond. */
export interface Finding {
  /** As many as got through, over the whole time to the end of the pause: it takes at least that. */
  readonly low: number
  /** As many as got through before it said no: that was too fast. */
  readonly high: number
  /** When those that got through were started, in order. */
  readonly starts: readonly number[]
  /** The start of the last one that it refused. */
  readonly until: number
  /** Milliseconds from the first start to it. */
  readonly span: number
  /** Milliseconds of the pause. */
  readonly pause: number
}

export interface Trial {
  started(at: number): void
  accepted(startedAt: number): void
  /** @param speed at which requests are started now */
  refused(startedAt: number, now: number, speed: number): void
  /** Null when nothing was refused. */
  finding(resumedAt: number): Finding | null
}

/** Keeps what became of the requests since the last pause; those that were started before it do not count. */
export function createTrial(): Trial {
  const starts: number[] = []
  let first: number | null = null
  let refusal: Refusal | null = null
  const isOurs = (startedAt: number): boolean => first !== null && startedAt >= first

  return {
    started(at) {
      first ??= at
    },
    accepted(startedAt) {
      if (!isOurs(startedAt)) return
      if (starts.push(startedAt) > MOST) first = starts.shift() ?? first
    },
    refused(startedAt, now, speed) {
      if (!isOurs(startedAt)) return
      refusal ??= { pausedAt: now, speed, lastAt: startedAt, roundTrip: 1 }
      refusal.lastAt = Math.max(refusal.lastAt, startedAt)
      refusal.roundTrip = Math.max(refusal.roundTrip, now - startedAt)
    },
    finding(resumedAt) {
      if (first === null || refusal === null) return null
      const { pausedAt, speed, lastAt, roundTrip } = refusal
      const count = Math.max(1, starts.length)
      const span = lastAt - first
      return {
        low: count / (resumedAt - first),
        high: Math.min(count / Math.max(span, roundTrip), speed),
        starts: starts.filter(at => at <= lastAt).toSorted((a, b) => a - b),
        until: lastAt,
        span,
        pause: resumedAt - pausedAt,
      }
    },
  }
}

interface Refusal {
  /** When the first one was heard of. */
  readonly pausedAt: number
  readonly speed: number
  /** The start of the last request that was refused. */
  lastAt: number
  /** Milliseconds; at least one. */
  roundTrip: number
}
