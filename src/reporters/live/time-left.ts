import type { Rate } from '../../model/rate.ts'
import { LEAST_MS } from './speed.ts'
import { isLimited, type TargetState, type TimeLeft } from './state.ts'

/** A new finding moves what is shown by this share in a second, so that no number jumps. */
const TRUST_PER_SECOND = 0.15

/**
 * Keeps the time at which the end is expected, so that what is left runs down between two findings, and moves it slowly
 * towards what is found now.
 */
export function newEstimate(): TimeLeft {
  let end: number | null = null
  let at = 0
  return {
    at(target, now) {
      const found = findLeft(target, now)
      if (found === null) return end === null ? null : Math.max(0, end - now)
      const trust = end === null ? 1 : 1 - (1 - TRUST_PER_SECOND) ** ((now - at) / 1000)
      end = (end ?? 0) + (now + found - (end ?? 0)) * trust
      at = now
      return Math.max(0, end - now)
    },
  }
}

/**
 * Where the known limit decides, what it leaves of time; else what is left at the speed so far, and never less than the limit
 * and the present wait allow.
 */
function findLeft(target: TargetState, now: number): number | null {
  const { rate, wait, total, worked } = target
  const items = total - worked
  const waiting = Math.max(0, (wait?.until ?? 0) - now)
  const byRate = rate === null ? 0 : untilLast(requestsLeft(target, items), rate, target.starts, now)
  if (isLimited(target, now)) return Math.max(byRate, waiting)
  const bySpeed = untilDone(target, items, now)
  if (bySpeed === null) return byRate > 0 ? Math.max(byRate, waiting) : null
  return Math.max(byRate, waiting, bySpeed)
}

/** At this part of the time without progress, what is left stops running down: something takes longer than it did. */
const PATIENCE = 0.5

/** What was left when something was done last, less the time since. */
function untilDone({ speed, firstStart, workedAt }: TargetState, items: number, now: number): number | null {
  if (firstStart === null || now - firstStart < LEAST_MS) return null
  const since = Math.max(workedAt, firstStart + LEAST_MS)
  const perMs = speed.at(since, firstStart)
  return perMs === null ? null : Math.max(items / perMs - (now - since), (now - since) * PATIENCE)
}

/** Those that have not started: by the plan, or by what requests have done so far where that is less than was planned. */
function requestsLeft({ requests, total, ended, inFlight }: TargetState, items: number): number {
  const done = total - items
  const perItem = Math.max(requests / total, done === 0 ? 0 : ended / done)
  return Math.max(0, Math.ceil(items * perItem) - inFlight)
}

/** When the last of so many requests may start, from now: the ones that fit go now, the others follow the starts before them. */
function untilLast(requests: number, { count, perMs }: Rate, starts: readonly number[], now: number): number {
  if (requests <= 0) return 0
  const recent = starts.filter(start => start > now - perMs)
  const free = Math.max(0, count - recent.length)
  if (requests <= free) return 0
  const behind = requests - free - 1
  const before = recent[behind % count] ?? now
  return before + perMs * (1 + Math.floor(behind / count)) - now
}
