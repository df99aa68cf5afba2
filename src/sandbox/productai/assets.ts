import { type ApiAnswer, jsonAnswer } from '../exchange.ts'
import { Refused } from './answers.ts'
import type { Call, Route } from './call.ts'
import { readParameters } from './parameters.ts'
import { processedUntil } from './processing.ts'
import { showNew, showWhole } from './show.ts'
import type { Asset } from './store.ts'
import { codeOf, readUpload, type Upload } from './upload.ts'

const MAX_FILE_BYTES = 10_000_000
const POISON = /poison/i

/** POST /training-asset: always a new asset, whatever is held already. */
export const uploadAsset: Route = async call => {
  const { request, store, behaviour, now } = call
  const upload = await readUpload(await readParameters(request), behaviour.maxFileBytes ?? MAX_FILE_BYTES)
  if (behaviour.maxAssets !== undefined && countAssets(call) >= behaviour.maxAssets) throw new Refused(403)
  return jsonAnswer(201, showNew(store.add(upload, isDoomed(upload, call), now)))
}

/** GET /assets/{asset_id} */
export const getAsset: Route = call => jsonAnswer(200, showWhole(findAsset(call), call.behaviour.processingMs ?? 0))

/** DELETE /assets/{asset_id}: 404 the second time. */
export const deleteAsset: Route = call => {
  call.store.delete(findAsset(call).id)
  return NO_CONTENT
}

const NO_CONTENT: ApiAnswer = { status: 204, headers: {}, body: '' }

function findAsset(call: Call): Asset {
  const asset = call.store.find(call.id, processedUntil(call))
  if (!asset) throw new Refused(404, 'Asset not found')
  return asset
}

function countAssets(call: Call): number {
  return call.store.count({ status: null, tags: [], tagFilter: 'any' }, processedUntil(call))
}

/** The vendor takes every image and tells later what it could not process; so does a partial failure. */
function isDoomed(upload: Upload, { fails }: Call): boolean {
  return POISON.test(upload.name) || POISON.test(upload.source) || fails(codeOf(upload))
}
