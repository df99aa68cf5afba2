import { EXIT } from '../model/exit.ts'
import type { Halt } from './lane.ts'
import { allowed, type Limit } from './limit.ts'

/** A feed with fewer products than this share of the last complete run is taken for broken. */
const SHRINK = 0.7

/** What is known of a whole feed: how much it holds, and whether it ended as a complete file does. */
export interface FeedSize {
  readonly products: number
  /** No line end follows its last record; null: its format knows its own end. */
  readonly openEnd: boolean | null
}

/**
 * Holds everything back when the feed lost more than 30 % of its products since the last complete run of its source, or ends in
 * the middle of a line where it used to end with one: both are what a feed looks like that was cut off.
 */
export function shrinkGuard(now: FeedSize, last: FeedSize | null): Halt | null {
  if (last === null) return null
  const before = `the last complete run of this source had ${last.products}`
  if (now.products < last.products * SHRINK) {
    return heldBack('feed-shrunk', `The feed has ${now.products} products, ${before}.`)
  }
  if (now.openEnd !== true || last.openEnd !== false) return null
  const words = 'The feed ends without a line end, which it had in the last complete run: it may have been cut off'
  return heldBack('feed-cut', `${words} (${now.products} products; ${before}).`)
}

function heldBack(reason: Guard, why: string): Halt {
  return halted(reason, `${why} Nothing was sent. If that is right, push again with --allow-shrink.`)
}

/** Holds everything back when a plan would create more items than allowed. */
export function createGuard(creates: number, max: number | null): Halt | null {
  if (max === null || creates <= max) return null
  return halted('max-create', `The plan creates ${creates} items, --max-create allows ${max}. Nothing was sent.`)
}

/** What guards that hold everything back held back in a past run, by reason and message. */
export type HeldBack = ReadonlyMap<string, string>

/** What a guard has held back is not sent because somebody asks for it again, but when it is allowed now. */
export function sameGuard(past: HeldBack, creates: number, { allowShrink, maxCreate }: Allowed): Halt | null {
  for (const guard of ['feed-shrunk', 'feed-cut'] as const) {
    const message = past.get(guard)
    if (message !== undefined && !allowShrink) return halted(guard, message)
  }
  if (maxCreate !== null || !past.has('max-create') || creates === 0) return createGuard(creates, maxCreate)
  const words = `The plan creates ${creates} items, --max-create held them back and is not named now. Nothing was sent.`
  return halted('max-create', words)
}

/** What the guards are told. */
export interface Allowed {
  readonly allowShrink: boolean
  /** Null: no limit is named. */
  readonly maxCreate: number | null
}

type Guard = 'feed-shrunk' | 'feed-cut' | 'max-create'

function halted(reason: Guard, message: string): Halt {
  return { exit: EXIT.limit, rest: 'skipped', reason, message }
}

/** The --max-create that a plan needs, from the words of the guard that held it back; null for other words. */
export function neededCreates(message: string | null): number | null {
  const found = /^The plan creates (\d+) items, --max-create /.exec(message ?? '')
  return found === null ? null : Number(found[1])
}

/** Why removals are held back, or null: more than --max-delete is more likely a broken feed than a wish. */
export function deleteGuard(deletes: number, carried: number, max: Limit): string | null {
  const limit = allowed(max, carried)
  if (deletes <= limit) return null
  return (
    `${deletes} of the ${carried} items of this source would be deleted, --max-delete allows ${limit}. ` +
    'None is. If that is right, push again with a larger --max-delete.'
  )
}
