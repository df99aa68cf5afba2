import type { SentItem } from '../../model/item.ts'
import type { Pending, Verdict } from '../../model/outcome.ts'
import { each } from '../each.ts'
import type { Io, ItemAnswer, Load } from '../target.ts'
import type { Asset } from './asset.ts'
import { conclude, hasFailed, oldOf } from './conclude.ts'
import { contentOf } from './content.ts'
import { assetsOf, type Facts, type Upload } from './facts.ts'
import { isLabelled } from './label.ts'
import type { ProductAiOptions } from './options.ts'
import { labelFor } from './payload.ts'
import { type Uploaded, upload } from './upload.ts'

interface Job {
  readonly action: Load['action']
  readonly options: ProductAiOptions
  readonly facts: Facts
}

/** Uploads the images of the load that ProductAI does not hold yet, one by one. */
export function push(
  { action, items }: Load,
  io: Io,
  options: ProductAiOptions,
  facts: Facts,
): Promise<readonly ItemAnswer[]> {
  return each(items, io, (item, itemIo) => bring(item, itemIo, { action, options, facts }))
}

async function bring(item: SentItem, io: Io, job: Job): Promise<Verdict | Pending> {
  const { facts, options } = job
  if (facts.down !== null) throw facts.down
  const held = findHeld(item, job)
  if (held !== null) return follow(item, { asset: held, answer: NO_ANSWER }, adopted(item, held), io, job)
  if (item.mayArrive === true) return stillUnknown(item)
  const content = await contentOf(item, io, options)
  if ('status' in content) return content
  const uploaded = await upload(item, content, io, facts)
  if ('status' in uploaded) return uploaded
  // Its tag finds it again as well, but people may change tags. The id of an asset to be replaced must not get lost.
  if (item.remoteId === null) io.note(item, uploaded.asset.id)
  return follow(item, uploaded, made(item, job), io, job)
}

function stillUnknown({ remoteId }: SentItem): Verdict {
  const message = 'ProductAI does not list it yet. The upload may still be on its way.'
  return { status: 'unknown', reason: 'no-answer', message, remoteId, ...NO_ANSWER }
}

/**
 * The asset that makes an upload needless. One that the ledger knows nothing of is taken as it is; otherwise it must have
 * today's label, because the one that is to be replaced has the same tag.
 */
function findHeld(item: SentItem, { action, facts }: Job): Asset | null {
  const held = assetsOf(item, facts).filter(({ status }) => status !== 'failed')
  const labelled = held.filter(asset => isLabelled(asset, labelFor(item)))
  const fit = labelled.length === 0 && action === 'create' ? held : labelled
  return fit.find(({ status }) => status === 'ready') ?? fit[0] ?? null
}

/** Whoever does not wait is done now, unless an old asset is to be deleted when the new one is ready. */
async function follow(
  item: SentItem,
  { asset, answer }: Uploaded,
  success: Upload['success'],
  io: Io,
  { facts, options }: Job,
): Promise<Verdict | Pending> {
  const { id } = asset
  const old = oldOf(item, id, facts)
  const upload = { id, answer, success: old === null ? success : replaced(old, id) }
  facts.uploads.set(item.key, upload)
  const found = await conclude(item, asset, upload, io, facts)
  return found.status === 'pending' && !options.wait && old === null ? found.meanwhile : found
}

function made(item: SentItem, { action, facts }: Job): Upload['success'] {
  const isNew = action === 'create' || hasFailed(item, facts)
  return { status: isNew ? 'created' : 'updated', reason: null, message: null }
}

function replaced(old: string, id: string): Upload['success'] {
  const message = `Asset ${id} took the place of ${old}, which was deleted.`
  return { status: 'updated', reason: 'replaced', message }
}

function adopted(item: SentItem, asset: Asset): Upload['success'] {
  const label = isLabelled(asset, labelFor(item)) ? '' : ' Its name and tags are other ones, and were left alone.'
  const message = `ProductAI has it already (asset ${asset.id}), so nothing was uploaded.${label}`
  return { status: 'updated', reason: 'adopted', message }
}

const NO_ANSWER = { http: null, requestId: null }
