import type { SentItem } from '../../model/item.ts'
import type { Verdict } from '../../model/outcome.ts'
import type { Io } from '../target.ts'
import { findTwin, readAsset } from './asset.ts'
import { create } from './create.ts'
import type { Desk } from './desk.ts'
import type { Entry } from './pages.ts'
import { update } from './update.ts'
import { passed } from './verdicts.ts'
import { refIdsOf, type Wanted } from './wanted.ts'

/** Brings one asset to what is wanted: the one the ledger knows, else one that is there already, else a new one. */
export async function deliver(item: SentItem, wanted: Wanted, io: Io, desk: Desk): Promise<Verdict> {
  const held = item.remoteId === null ? null : await readAsset(io, desk.assets, item.remoteId)
  if (held !== null) return update(held, wanted, io, desk.assets)
  const before = await desk.before(io, wanted.ref.id)
  const free = before.filter(asset => !isAnothers(asset, item, desk))
  const twin = findTwin(free, wanted)
  if (twin !== undefined) return adopt(twin, wanted, io, desk.assets)
  if (item.mayArrive === true) return stillUnknown()
  return again(item, desk, await create(wanted, before, io, desk.assets))
}

function stillUnknown(): Verdict {
  const message = 'Emporix does not hold it yet. The request that makes it may still be on its way.'
  return { status: 'unknown', reason: 'no-answer', message, remoteId: null, http: null, requestId: null }
}

/** A LINK says itself whose it is; of a BLOB it is only known if this run had to do with it. */
function isAnothers({ id, type }: Entry, { key }: SentItem, { inUse }: Desk): boolean {
  return type === 'BLOB' && (inUse.get(id) ?? key) !== key
}

/** An asset that the ledger does not know. It is written only if it is not yet what is wanted. */
async function adopt(twin: Entry, wanted: Wanted, io: Io, assets: string): Promise<Verdict> {
  const { id, type } = wanted.ref
  const isDone = twin.access === wanted.access && refIdsOf(twin).some(ref => ref.id === id && ref.type === type)
  const verdict = isDone ? passed('updated', twin.id) : await update(twin, wanted, io, assets)
  if (verdict.status !== 'updated') return verdict
  return { ...verdict, reason: 'adopted', message: 'Emporix had this image at the product already.' }
}

/** To the ledger, what is created under a key that it holds is an update. */
function again({ remoteId }: SentItem, { action }: Desk, made: Verdict): Verdict {
  if (made.status !== 'created' || action === 'create') return made
  if (remoteId === null) return { ...made, status: 'updated' }
  const message = `Asset ${remoteId} was gone, so the image was created again.`
  return { ...made, status: 'updated', reason: 'recreated', message }
}
