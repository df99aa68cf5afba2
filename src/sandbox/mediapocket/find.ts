import { Refused } from './answers.ts'
import type { Call } from './call.ts'
import type { Asset } from './store.ts'

/** The vendor deletes what has been in the trash for 14 days. */
const TRASH_MS = 14 * 24 * 60 * 60 * 1000

/** The asset that the path names. Throws Refused when there is none, or when it is in the trash and hidden there. */
export function findAsset({ id, store, behaviour, now }: Call): Asset {
  const asset = store.find(id)
  if (asset?.trashed === null) return asset
  if (asset && isInTrash(asset, now) && behaviour.trash === 'shown') return asset
  throw new Refused(404, 'asset not found')
}

/** The asset in the trash that the path names. Throws Refused. */
export function findTrashed({ id, store, now }: Call): Asset {
  const asset = store.find(id)
  if (asset && isInTrash(asset, now)) return asset
  throw new Refused(404, 'asset not found')
}

export function isInTrash({ trashed }: Asset, now: number): boolean {
  return trashed !== null && now < trashed + TRASH_MS
}
