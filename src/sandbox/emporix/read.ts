import { jsonAnswer } from '../exchange.ts'
import { noContent, Refused, serviceError } from './answers.ts'
import { type Asset, showAsset } from './asset.ts'
import type { Call, Route } from './call.ts'

/** The asset with this id. Throws Refused with 404. */
export function findAsset({ assets }: Call, id: string): Asset {
  const asset = assets.find(id)
  if (asset === null) throw new Refused(serviceError(404, { resourceId: id }))
  return asset
}

/** GET /media/{tenant}/assets/{id} */
export const readAsset: Route = (call, id) => jsonAnswer(200, showAsset(findAsset(call, id)))

/** GET /media/{tenant}/assets/{id}/download: the bytes of a private BLOB, or the way to where anything else is. */
export const downloadAsset: Route = (call, id) => {
  const { type, access, url, details } = findAsset(call, id)
  if (type === 'LINK' || access === 'PUBLIC') return { status: 301, headers: { location: asHeader(url) }, body: '' }
  const headers = { 'content-type': 'application/octet-stream', etag: `"${details?.etag}"` }
  return { status: 200, headers, body: call.assets.contentOf(id) }
}

/** DELETE /media/{tenant}/assets/{id} */
export const deleteAsset: Route = (call, id) => {
  if (call.behaviour.deleteUnknown !== 204) findAsset(call, id)
  call.assets.remove(id)
  return noContent()
}

/** A header takes ASCII only; a URL may be any text. */
function asHeader(url: string): string {
  return url.toWellFormed().replace(/[^\x21-\x7e]+/g, encodeURIComponent)
}
