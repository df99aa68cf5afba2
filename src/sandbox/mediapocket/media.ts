import { jsonAnswer } from '../exchange.ts'
import { Refused } from './answers.ts'
import { assetAnswer } from './assets.ts'
import type { Route } from './call.ts'
import { findAsset } from './find.ts'
import { readParams, requiredText } from './params.ts'
import { refuseFailing } from './refusals.ts'
import { hasArrived, imageOf, showAsset } from './show.ts'

/** POST /assets/:asset_id/media: asks the vendor to fetch a file, so 200 means no more than that it will try. */
export const addMedia: Route = call => {
  const { store, behaviour, now } = call
  const params = readParams(call.request)
  const [url, filename] = [requiredText(params, 'file_url'), requiredText(params, 'filename')]
  const asset = findAsset(call)
  if (!isHttpUrl(url)) throw new Refused(400, 'not a valid HTTP URL')
  refuseFailing(call, asset.fields)
  if (behaviour.secondMedia === 'refused' && imageOf(asset, call)) {
    throw new Refused(400, 'Media already exists on this asset.')
  }
  store.save({ ...asset, media: [...asset.media, { url, filename, asked: now }], modified: now })
  return jsonAnswer(200, { ok: 'ok' })
}

/** DELETE /assets/:asset_id/media: 200 also when there was none. A file that has not arrived yet still arrives. */
export const removeMedia: Route = call => {
  const asset = findAsset(call)
  if (!imageOf(asset, call)) {
    const errors = { error: 'No media found on this asset.', status: 400 }
    return jsonAnswer(200, { asset: showAsset(asset, call), errors })
  }
  const media = asset.media.filter(each => !hasArrived(each, call))
  const emptied = { ...asset, media, modified: call.now }
  call.store.save(emptied)
  return assetAnswer(emptied, call)
}

function isHttpUrl(text: string): boolean {
  return /^https?:\/\//i.test(text) && URL.canParse(text)
}
