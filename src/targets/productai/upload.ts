import { Fault } from '../../model/fault.ts'
import type { SentItem } from '../../model/item.ts'
import type { Verdict } from '../../model/outcome.ts'
import { parseJson } from '../answer.ts'
import type { Io } from '../target.ts'
import { isPlanLimit, requestIdOf, unreadable } from './answers.ts'
import { type Asset, readAsset } from './asset.ts'
import type { Content } from './content.ts'
import { assetsOf, type Facts, type Upload } from './facts.ts'
import { listAssets } from './list.ts'
import { tagOf } from './tag.ts'

/** An asset that was just made, and the answer that told of it. */
export interface Uploaded {
  readonly asset: Asset
  readonly answer: Upload['answer']
}

/**
 * Uploads an image, which must never be done twice: when the answer cannot be relied on, ProductAI is asked whether it
 * arrived. The verdict is `unknown` when it does not say so, because the asset may still turn up.
 */
export async function upload(item: SentItem, content: Content, io: Io, facts: Facts): Promise<Uploaded | Verdict> {
  try {
    const uploaded = await post(content, io)
    facts.refusedByPlan = false
    return uploaded
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    if (isPlanLimit(error.http)) throw planLimit(error, facts)
    if (!isInDoubt(error)) throw error
    return findArrived(item, error, io, facts)
  }
}

async function post(content: Content, { send, baseUrl }: Io): Promise<Uploaded> {
  const response = await send({ method: 'POST', url: `${baseUrl}/training-asset`, ...content })
  const asset = readAsset(parseJson(response.body))
  if (asset === null) throw unreadable(response, 'no asset_id with status')
  return { asset, answer: { http: response.status, requestId: requestIdOf(response) } }
}

/** One refusal may be about this image; a second one in a row is about the account, and further ones would say the same. */
function planLimit(fault: Fault, facts: Facts): Fault {
  const kind = facts.refusedByPlan ? 'throttled' : 'refused'
  facts.refusedByPlan = true
  return new Fault(kind, `The ProductAI plan does not allow it: ${fault.message}`, { ...fault, reason: 'plan-limit' })
}

function isInDoubt({ kind, reason }: Fault): boolean {
  return kind === 'ambiguous' || kind === 'unreadable' || (kind === 'stopped' && reason === 'aborted')
}

/** The asset with the item's tag that was not there when the run began, or the verdict that nobody knows. */
async function findArrived(item: SentItem, lost: Fault, io: Io, facts: Facts): Promise<Uploaded | Verdict> {
  const tag = tagOf(item.key)
  const before = new Set(assetsOf(item, facts).map(({ id }) => id))
  try {
    const assets = await listAssets(io, { tags: tag })
    const asset = assets.find(({ id, tags }) => tags.includes(tag) && !before.has(id))
    if (asset !== undefined) return { asset, answer: { http: 200, requestId: null } }
    return unknown(item, lost, 'ProductAI does not list the image. It may still appear')
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    facts.down = silence(error)
    return unknown(item, lost, `ProductAI could not be asked whether it arrived (${error.message})`)
  }
}

/** Every further upload could be one more that nobody knows of. What is not sent is not lost. */
function silence({ kind, message, http }: Fault): Fault {
  const stops = kind === 'credentials' || kind === 'throttled' || kind === 'stopped'
  const words = `ProductAI answers neither uploads nor questions (${message})`
  return new Fault(stops ? kind : 'unreachable', words, { http })
}

function unknown({ remoteId }: SentItem, { message, http, requestId }: Fault, why: string): Verdict {
  const words = `The upload had no answer to rely on: ${message}. ${why}; the next push looks for it before it uploads again.`
  return { status: 'unknown', reason: 'no-answer', message: words, remoteId, http, requestId }
}
