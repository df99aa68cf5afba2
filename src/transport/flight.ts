import type { Clock } from '../lib/clock.ts'

/** What every target is trusted to bear at once before it has answered anything: the default concurrency. */
const START = 4
/** Weight of the latest round against all before it, and what is left after a slow one: as in Vector's adaptive concurrency. */
const WEIGHT = 0.4
const EASED = 0.9
/** What is left after failures, and after a doubling that was too much. */
const HALVED = 0.5
/** Answers that take half as long again are slow; less is not worth giving up speed for, and may be chance. */
const SLOWER = 1.5
/** Shorter delays may be our own: this program does other things too. */
const OWN_DELAY_MS = 20

export type Ending = 'answered' | 'failed' | 'neither'

/** How many requests may be under way: grows while answers come quickly, shrinks when they fail or come slowly. */
export interface Flight {
  isFull(): boolean
  started(): void
  ended(startedAt: number, ending: Ending): void
  /** One at a time from now on, until answers come again. */
  restart(): void
}

/** @param most the configured concurrency, never exceeded */
export function createFlight(most: number, clock: Clock): Flight {
  let limit = Math.min(most, START)
  let underWay = 0
  /** Doubles with every round as long as nothing was wrong, then grows by one. */
  let isOpening = true
  /** How long answers take: of late, and when the target was least busy. */
  let usual = Number.POSITIVE_INFINITY
  let least = Number.POSITIVE_INFINITY
  let round = newRound(clock.now())

  function endRound(): void {
    const time = meanOf(round.times)
    if (round.failed) shrink(HALVED)
    else if (isSlow(time, usual)) shrink(isOpening ? HALVED : EASED)
    else if (round.wasFull && !isSlow(time, least)) limit = Math.min(most, isOpening ? limit * 2 : limit + 1)
    if (!round.failed) {
      usual = Number.isFinite(usual) ? usual + WEIGHT * (time - usual) : time
      least = Math.min(least, time)
    }
    round = newRound(clock.now())
  }

  function shrink(share: number): void {
    limit = Math.max(1, limit * share)
    isOpening = false
  }

  return {
    isFull: () => underWay >= Math.floor(limit),
    started() {
      underWay++
      if (underWay >= Math.floor(limit)) round.wasFull = true
    },
    ended(startedAt, ending) {
      underWay--
      if (ending === 'neither' || startedAt < round.since) return // what was started before shows what was before
      round.ended++
      if (ending === 'failed') round.failed = true
      else round.times.push(clock.now() - startedAt)
      if (round.ended >= Math.floor(limit)) endRound()
    },
    restart() {
      limit = 1
      isOpening = true
      round = newRound(clock.now())
    },
  }
}

/** As many requests as may be under way at once: so many show what the last change has done. */
interface Round {
  readonly since: number
  ended: number
  /** How long the answers took, in milliseconds. */
  readonly times: number[]
  failed: boolean
  wasFull: boolean
}

function newRound(since: number): Round {
  return { since, ended: 0, times: [], failed: false, wasFull: false }
}

function isSlow(time: number, before: number): boolean {
  return time > Math.max(before * SLOWER, before + OWN_DELAY_MS)
}

function meanOf(times: readonly number[]): number {
  return times.reduce((sum, time) => sum + time, 0) / times.length
}
