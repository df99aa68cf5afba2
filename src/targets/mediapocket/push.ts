import { Fault, type FaultKind } from '../../model/fault.ts'
import type { HttpResponse } from '../../model/http.ts'
import type { SentItem } from '../../model/item.ts'
import type { JsonObject } from '../../model/json.ts'
import type { Verdict } from '../../model/outcome.ts'
import type { Io } from '../target.ts'
import { isMissing, isSurelyMissing, isTaken, requestIdOf } from './answers.ts'
import { attachMedia, createAsset, detachMedia, restoreAsset, trashAsset, updateAsset } from './api.ts'
import type { Payload } from './payload.ts'

/** An asset with its fields as they are wanted. */
interface Placed {
  readonly id: string
  readonly response: HttpResponse
  readonly status: 'created' | 'updated'
  /** What else is to be said: a stable word and a sentence. */
  readonly remark: { readonly reason: string; readonly message: string } | null
}

const RESTORED = { reason: 'restored', message: 'It was in the trash bin of Media Pocket and has been restored.' }
const RECREATED = { reason: 'recreated', message: 'It was gone from Media Pocket and has been made again.' }
const MEDIA_OFF = {
  reason: 'media-off',
  message: 'The image itself was not sent: "media" is false at this target. A new asset stays a placeholder.',
}

/** The asset first, made or updated, then its image: Media Pocket takes them in two requests. */
export async function place(item: SentItem, { asset, media }: Payload, io: Io): Promise<Verdict> {
  const placed = await placeFields(item, asset, io)
  if (media === null) return verdictOf({ ...placed, remark: placed.remark ?? MEDIA_OFF })
  try {
    // What a second POST does to an asset that has an image is not documented, so the first image is taken off.
    if (placed.status === 'updated') await detachMedia(placed.id, io)
    return verdictOf({ ...placed, response: await attachMedia(placed.id, media, io) })
  } catch (error) {
    throw error instanceof Fault ? halfDone(error, placed.id) : error
  }
}

/** Moves the item's asset to the trash bin. One that is not found is gone already. */
export async function trash({ key, remoteId }: SentItem, io: Io): Promise<Verdict> {
  const deleted = { status: 'deleted', reason: null, message: null, remoteId, requestId: null } as const
  if (remoteId === null) {
    const message = `The id of the asset with the external id "${key}" is not known. Delete it in Media Pocket.`
    return { ...deleted, status: 'failed', reason: 'id-unknown', message, http: null }
  }
  const told = await unlessMissing(trashAsset(remoteId, io), isSurelyMissing)
  if (told === null) return { ...deleted, http: 404 }
  return { ...deleted, http: told.response.status, requestId: requestIdOf(told.response) }
}

/** Waits for the work; null when the asset that it is about is not there. */
export async function unlessMissing<T>(
  work: Promise<T>,
  missing: (error: unknown) => boolean = isMissing,
): Promise<T | null> {
  try {
    return await work
  } catch (error) {
    if (missing(error)) return null
    throw error
  }
}

async function placeFields(item: SentItem, fields: JsonObject, io: Io): Promise<Placed> {
  if (item.remoteId === null) return create(item, fields, io)
  const known = await refresh(item.remoteId, fields, io)
  return known ?? { ...(await create(item, fields, io)), remark: RECREATED }
}

/** Brings a known asset up to date; null when it is not there any more. */
async function refresh(id: string, fields: JsonObject, io: Io): Promise<Placed | null> {
  const told = await unlessMissing(updateAsset(id, fields, io))
  if (told !== null && !told.asset.trashed) return { id, response: told.response, status: 'updated', remark: null }
  // Whether an asset in the trash bin is shown or answered with 404 is not documented.
  if ((await unlessMissing(restoreAsset(id, io))) === null) return null
  const again = told ?? (await unlessMissing(updateAsset(id, fields, io)))
  return again === null ? null : { id, response: again.response, status: 'updated', remark: RESTORED }
}

async function create(item: SentItem, fields: JsonObject, io: Io): Promise<Placed> {
  try {
    const { asset, response } = await createAsset(fields, io)
    io.note(item, asset.id)
    return { id: asset.id, response, status: 'created', remark: null }
  } catch (error) {
    if (isTaken(error)) throw alreadyExists(error, item)
    throw error instanceof Fault && LOST.includes(error.kind) ? idLost(error) : error
  }
}

const LOST: readonly FaultKind[] = ['ambiguous', 'unreadable']
/** Faults of this item alone. Any other stops its neighbours too, who would be told its words. */
const OF_THE_ITEM: readonly FaultKind[] = [...LOST, 'refused', 'too-large']

/** Sending again cannot make a second asset, because external ids are unique; but only the answer tells the new one's id. */
function idLost(fault: Fault): Fault {
  const words = 'If the asset was made all the same, its id is lost and the next push will say already-exists.'
  return new Fault(fault.kind, `${fault.message} (${words})`, { ...fault, cause: fault.cause })
}

/** Media Pocket cannot be asked which asset has an external id, so an asset whose id the ledger lacks is left alone. */
function alreadyExists(fault: Fault, { key }: SentItem): Fault {
  const message =
    `${fault.message}: "${key}" belongs to an asset whose id is not in this ledger, and Media Pocket cannot be asked for it. ` +
    'If another ledger made it, push with that one (--state). Else delete the asset, in the trash bin too, or change its external id there, and push again.'
  return new Fault('refused', message, { ...fault, reason: 'already-exists', cause: fault.cause })
}

/** The cause tells the engine that a request about this item has taken effect, whatever happened to the one after it. */
function halfDone(fault: Fault, id: string): Fault {
  const words = ` (The asset ${id} is there, but may be without its image; the next push tries again.)`
  return new Fault(fault.kind, fault.message + (OF_THE_ITEM.includes(fault.kind) ? words : ''), {
    ...fault,
    cause: fault,
  })
}

function verdictOf({ id, response, status, remark }: Placed): Verdict {
  const { reason, message } = remark ?? { reason: null, message: null }
  return { status, reason, message, remoteId: id, http: response.status, requestId: requestIdOf(response) }
}
