import { isJsonObject } from '../../model/json.ts'
import { badRequest, noContent, Refused, serviceError } from './answers.ts'
import type { Asset, RefId } from './asset.ts'
import type { Route } from './call.ts'
import { type Draft, keptContent, readDraft } from './draft.ts'
import { findAsset } from './read.ts'
import { readUpload, type Upload } from './upload.ts'

/** PUT /media/{tenant}/assets/{id}: replaces an asset that exists, when its latest version is known. A BLOB is sent whole. */
export const updateAsset: Route = async (call, id) => {
  const upload = await readUpload(call.request)
  const draft = readDraft(upload, call)
  const held = findAsset(call, id)
  const version = readVersion(upload, id)
  refuseChange(held, draft)
  if (version !== held.version) throw new Refused(serviceError(409, { resourceId: id }))
  const refIds = call.behaviour.refIds === 'merged' ? merge(held.refIds, draft.refIds) : draft.refIds
  const modifiedAt = new Date(call.clock.wall()).toISOString()
  const asset = { ...held, ...draft, url: draft.url ?? held.url, refIds, modifiedAt, version: version + 1 }
  call.assets.replace(asset, keptContent(upload, draft))
  return noContent()
}

function readVersion({ fields }: Upload, id: string): number {
  const version = isJsonObject(fields.metadata) ? fields.metadata.version : undefined
  if (version === undefined) {
    const message = 'The document version has to be provided on update operations.'
    throw new Refused(serviceError(400, { message, resourceId: id }))
  }
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 1) {
    throw badRequest('metadata.version: must be a whole number from 1')
  }
  return version
}

function refuseChange(held: Asset, draft: Draft): void {
  for (const field of ['type', 'access'] as const) {
    if (draft[field] !== held[field]) throw badRequest(`${field}: is ${held[field]} and cannot be changed`)
  }
}

function merge(held: readonly RefId[], sent: readonly RefId[]): RefId[] {
  const isHeld = ({ type, id }: RefId) => held.some(ref => ref.type === type && ref.id === id)
  return [...held, ...sent.filter(ref => !isHeld(ref))]
}
