import { Fault, type FaultKind } from '../../model/fault.ts'
import type { SentItem } from '../../model/item.ts'
import type { Pending, Verdict } from '../../model/outcome.ts'
import type { Io } from '../target.ts'
import type { Asset } from './asset.ts'
import { deleteAsset } from './delete.ts'
import { assetsOf, type Facts, type Upload } from './facts.ts'

/** The id of the item's asset that goes as soon as this one is ready, or null: one whose processing failed was never there. */
export function oldOf(item: SentItem, id: string, facts: Facts): string | null {
  const { remoteId } = item
  return remoteId === id || hasFailed(item, facts) ? null : remoteId
}

/** True when the asset that the ledger knows is one whose processing failed. */
export function hasFailed(item: SentItem, facts: Facts): boolean {
  return assetsOf(item, facts).some(({ id, status }) => id === item.remoteId && status === 'failed')
}

/** What the state of its asset means for the item. A ready one takes the place of what was there before it. */
export async function conclude(
  item: SentItem,
  asset: Asset,
  { success, answer }: Omit<Upload, 'id'>,
  io: Io,
  facts: Facts,
): Promise<Verdict | Pending> {
  const { id, status } = asset
  const old = oldOf(item, id, facts)
  const stays = old === null ? '' : ` The old asset ${old} stays.`
  if (status === 'failed') {
    const words = `ProductAI could not process the image (asset ${id}); it does not say why.${stays}`
    return { ...answer, remoteId: id, status: 'failed', reason: 'processing-failed', message: words }
  }
  // The ledger keeps the id of the old asset until it may be deleted; the new one is found again by its tag.
  const notYet: Verdict = {
    ...answer,
    remoteId: old ?? id,
    status: 'accepted',
    reason: 'processing',
    message: `ProductAI is still processing the image (asset ${id}).${stays}`,
  }
  if (status !== 'ready') return { status: 'pending', meanwhile: notYet }
  const fault = await deleteOthers(item, id, io, facts)
  if (fault === null) return { ...answer, remoteId: id, ...success }
  const words = `Asset ${id} is ready, but the old one could not be deleted: ${fault.message}.`
  const stuck: Verdict = { ...notYet, reason: 'old-not-deleted', message: `${words} The next push tries again.` }
  return PASSING.includes(fault.kind)
    ? { status: 'pending', meanwhile: stuck, isUnfinished: true }
    : { ...stuck, status: 'failed' }
}

/** A request that had no luck may have it when settle asks again. */
const PASSING: readonly FaultKind[] = ['ambiguous', 'unreadable', 'throttled', 'unreachable', 'stopped']

/** Deletes the asset that was the item's, and those with its tag whose processing failed. Gives the fault that came in between. */
async function deleteOthers(item: SentItem, id: string, io: Io, facts: Facts): Promise<Fault | null> {
  const failed = assetsOf(item, facts).filter(({ status }) => status === 'failed')
  const others = new Set([...(item.remoteId === null ? [] : [item.remoteId]), ...failed.map(each => each.id)])
  others.delete(id)
  try {
    for (const other of others) await deleteAsset(other, io)
    return null
  } catch (error) {
    if (error instanceof Fault) return error
    throw error
  }
}
