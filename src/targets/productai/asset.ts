import { isJsonObject, type Json } from '../../model/json.ts'
import { type Label, readLabel } from './label.ts'
import { isOwn } from './tag.ts'

/** An uploaded image as ProductAI tells of it. */
export interface Asset extends Label {
  readonly id: string
  /** `processing`, `ready` or `failed`; anything else is taken for one that is not ready yet. */
  readonly status: string
}

/** The asset in an answer, or null when there is none. */
export function readAsset(value: Json | undefined): Asset | null {
  if (!isJsonObject(value)) return null
  const { asset_id: id, status } = value
  if (typeof id !== 'string' || !isPathPart(id) || typeof status !== 'string') return null
  return { id, status, ...readLabel(value) }
}

/** An id becomes part of addresses, where dots alone would lead away and half a character cannot be encoded. */
function isPathPart(id: string): boolean {
  return /[^.]/.test(id) && id.isWellFormed()
}

/** Assets by the tag by which they are found again. */
export function byOwnTag(assets: readonly Asset[]): Map<string, readonly Asset[]> {
  const found = new Map<string, readonly Asset[]>()
  for (const asset of assets) {
    for (const tag of asset.tags.filter(isOwn)) found.set(tag, [...(found.get(tag) ?? []), asset])
  }
  return found
}
