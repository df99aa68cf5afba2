import { type ApiAnswer, jsonAnswer } from '../exchange.ts'
import type { Call, Route } from './call.ts'
import { NO_FIELDS, readFields } from './fields.ts'
import { findAsset, findTrashed } from './find.ts'
import { optionalChoice, readParams } from './params.ts'
import { refuseFailing, refuseTaken } from './refusals.ts'
import { showAsset } from './show.ts'
import type { Asset } from './store.ts'

/** POST /assets: an asset without an image. It never changes one that is there. */
export const createAsset: Route = call => {
  const params = readParams(call.request)
  const fields = readFields(params, NO_FIELDS)
  const kind = optionalChoice(params, 'media_type', 'article') ?? 'placeholder'
  refuseTaken(call, fields)
  refuseFailing(call, fields)
  return assetAnswer(call.store.add(fields, kind, call.now), call)
}

export const getAsset: Route = call => assetAnswer(findAsset(call), call)

/** PUT /assets/:asset_id. Its parameters are not documented: it takes those of POST /assets, except `media_type`. */
export const updateAsset: Route = call => {
  const params = readParams(call.request)
  const asset = findAsset(call)
  const fields = readFields(params, call.behaviour.unnamedFields === 'cleared' ? NO_FIELDS : asset.fields)
  refuseTaken(call, fields)
  refuseFailing(call, fields)
  return changed(call, { ...asset, fields, modified: call.now })
}

/** POST /assets/:asset_id/trash_bin */
export const trashAsset: Route = call => changed(call, { ...findAsset(call), trashed: call.now })

/** POST /assets/:asset_id/restore */
export const restoreAsset: Route = call => {
  const asset = findTrashed(call)
  refuseTaken(call, asset.fields)
  return changed(call, { ...asset, trashed: null })
}

export function assetAnswer(asset: Asset, call: Call): ApiAnswer {
  return jsonAnswer(200, { asset: showAsset(asset, call) })
}

function changed(call: Call, asset: Asset): ApiAnswer {
  call.store.save(asset)
  return call.behaviour.actionAnswer === 'ok' ? jsonAnswer(200, { ok: 'ok' }) : assetAnswer(asset, call)
}
