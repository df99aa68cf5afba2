import { each } from '../each.ts'
import type { Io, ItemAnswer, PendingItem } from '../target.ts'
import type { Asset } from './asset.ts'
import { conclude } from './conclude.ts'
import type { Facts } from './facts.ts'
import { findAsset, listAssets, PAGE_SIZE } from './list.ts'

/** Looks how far processing is, at all items together. */
export async function settle(
  items: readonly PendingItem[],
  io: Io,
  _options: unknown,
  facts: Facts,
): Promise<readonly ItemAnswer[]> {
  const ids = items.flatMap(({ item }) => facts.uploads.get(item.key)?.id ?? [])
  const assets = await look(ids, io, facts)
  return each(items, io, async ({ item, meanwhile }, itemIo) => {
    const upload = facts.uploads.get(item.key)
    const asset = upload && assets.get(upload.id)
    if (upload && asset) return conclude(item, asset, upload, itemIo, facts)
    const message =
      'ProductAI took the image, but does not have it any more: somebody deleted it while it was processed.'
    return { ...meanwhile, status: 'failed', reason: 'asset-gone', message }
  })
}

/**
 * These assets as they are now, in as few requests as that takes: where one page holds the account, that page. Else those that
 * are being processed are a short list, and only who is not in it any more is looked for, one by one or in the whole list.
 */
async function look(ids: readonly string[], io: Io, { count, uploads }: Facts): Promise<ReadonlyMap<string, Asset>> {
  const pages = Math.ceil((count + uploads.size) / PAGE_SIZE)
  const seen = new Map<string, Asset>()
  const missing = (): string[] => ids.filter(id => !seen.has(id))
  const note = (assets: readonly Asset[]): void => assets.forEach(asset => void seen.set(asset.id, asset))
  note(await listAssets(io, pages <= 1 ? {} : { status: 'processing' }))
  if (missing().length > pages) note(await listAssets(io))
  // Whatever a list leaves out is not gone before it was asked for by name: rows move between pages.
  for (const id of missing()) note([await findAsset(id, io)].filter(asset => asset !== null))
  return seen
}
