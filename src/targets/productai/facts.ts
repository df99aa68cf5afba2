import type { Fault } from '../../model/fault.ts'
import type { Item } from '../../model/item.ts'
import type { Verdict } from '../../model/outcome.ts'
import type { Io } from '../target.ts'
import { type Asset, byOwnTag } from './asset.ts'
import { listAssets } from './list.ts'
import { tagOf } from './tag.ts'

/** What one run knows of the account and of its own uploads. */
export interface Facts {
  /** The assets of ours that were there when the run began, by the tag by which they are found. */
  readonly assets: ReadonlyMap<string, readonly Asset[]>
  /** How many assets the account had then, ours and others. */
  readonly count: number
  /** By the key of the item. */
  readonly uploads: Map<string, Upload>
  /** Set once neither an upload nor the question whether it arrived was answered: nothing more is sent then. */
  down: Fault | null
  /** The plan did not allow the last upload. */
  refusedByPlan: boolean
}

/** An asset that is the item's as soon as it is ready. */
export interface Upload {
  readonly id: string
  /** What is to be said of the item then. */
  readonly success: Pick<Verdict, 'status' | 'reason' | 'message'>
  /** The answer that told of the asset. */
  readonly answer: Pick<Verdict, 'http' | 'requestId'>
}

/** The assets of this item that were there when the run began. */
export function assetsOf({ key }: Pick<Item, 'key'>, { assets }: Facts): readonly Asset[] {
  return assets.get(tagOf(key)) ?? []
}

/** Lists the account once: an image that is there already, by its tag, must not be uploaded again. */
export async function prepare(io: Io): Promise<Facts> {
  const assets = await listAssets(io)
  return { assets: byOwnTag(assets), count: assets.length, uploads: new Map(), down: null, refusedByPlan: false }
}
