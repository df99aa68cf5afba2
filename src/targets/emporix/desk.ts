import type { Io, Load } from '../target.ts'
import { assetsOf } from './asset.ts'
import type { Facts } from './facts.ts'
import type { Entry } from './pages.ts'

/** What the items of a load share. */
export interface Desk {
  readonly action: Load['action']
  /** Address of the tenant's assets. */
  readonly assets: string
  /** Keys of the items of this run by the ids of their assets. */
  readonly inUse: Map<string, string>
  /** The assets of a product as they were before the load's first create for it; asked for once. */
  before(io: Io, refId: string): Promise<readonly Entry[]>
}

export function newDesk({ action, items }: Load, assets: string, { inUse }: Facts): Desk {
  for (const { remoteId, key } of items) if (remoteId !== null) inUse.set(remoteId, key)
  const looked = new Map<string, Promise<readonly Entry[]>>()
  return {
    action,
    assets,
    inUse,
    before(io, refId) {
      const known = looked.get(refId) ?? assetsOf(io, assets, refId)
      looked.set(refId, known)
      return known
    },
  }
}
