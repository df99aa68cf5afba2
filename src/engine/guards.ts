import { EXIT } from '../model/exit.ts'
import type { Halt } from './lane.ts'
import { allowed, type Limit } from './limit.ts'

/** A feed with fewer products than this share of the last complete run is taken for broken. */
const SHRINK = 0.7

/** Holds everything back when the feed lost more than 30 % of its products since the last complete run of its source. */
export function shrinkGuard(products: number, last: number | null): Halt | null {
  if (last === null || products >= last * SHRINK) return null
  return {
    exit: EXIT.limit,
    rest: 'skipped',
    reason: 'feed-shrunk',
    message:
      `The feed has ${products} products, the last complete run of this source had ${last}. Nothing was sent. ` +
      'If that is right, push again with --allow-shrink.',
  }
}

/** Holds everything back when a plan would create more items than allowed. */
export function createGuard(creates: number, max: number | null): Halt | null {
  if (max === null || creates <= max) return null
  return {
    exit: EXIT.limit,
    rest: 'skipped',
    reason: 'max-create',
    message: `The plan creates ${creates} items, --max-create allows ${max}. Nothing was sent.`,
  }
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
