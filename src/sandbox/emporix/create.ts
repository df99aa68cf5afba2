import type { Json } from '../../model/json.ts'
import { jsonAnswer } from '../exchange.ts'
import { badRequest, Refused, serviceError } from './answers.ts'
import { assetId, blobUrl } from './asset.ts'
import type { Call, Route } from './call.ts'
import { keptContent, readDraft } from './draft.ts'
import { readUpload } from './upload.ts'

/** POST /media/{tenant}/assets: a new asset each time, whatever is held already. */
export const createAsset: Route = async call => {
  const upload = await readUpload(call.request)
  const draft = readDraft(upload, call)
  const id = chosenId(upload.fields.id, call) ?? assetId(call.assets.nextNumber())
  const now = new Date(call.clock.wall()).toISOString()
  const url = draft.url ?? blobUrl(id, draft.access)
  const asset = { ...draft, id, url, createdAt: now, modifiedAt: now, version: 1 }
  call.assets.insert(asset, keptContent(upload, draft))
  return jsonAnswer(201, { id })
}

/** The id that the client asks for, or null when the service makes one. */
function chosenId(id: Json | undefined, { behaviour, assets }: Call): string | null {
  if (id === undefined) return null
  if (typeof id !== 'string' || id === '') throw badRequest('id: must be a non-empty string')
  if (behaviour.clientIds === 'refused') throw badRequest('id: is given by the service')
  if (behaviour.clientIds !== 'honoured') return null
  if (assets.find(id)) throw new Refused(serviceError(409, { resourceId: id }))
  return id
}
