import { digest } from '../../lib/hash.ts'
import type { JsonObject } from '../../model/json.ts'
import type { MediaPocketBehaviour } from './call.ts'
import type { Asset, Media } from './store.ts'

const OWNER = 'sandbox@example.com'

/** What decides which media have arrived. */
export interface View {
  readonly behaviour: MediaPocketBehaviour
  readonly now: number
}

/** An asset as every answer shows it. The URL that its image came from is not shown. */
export function showAsset(asset: Asset, view: View): JsonObject {
  const { id, fields, kind, created, modified, trashed } = asset
  const image = imageOf(asset, view)
  return {
    id,
    external_id: fields.external_id,
    parent_id: null,
    project_id: null,
    owner: OWNER,
    title: fields.title,
    description: fields.description,
    category: fields.category,
    tags: fields.tags,
    ai_tags: [],
    status: 'open',
    media_type: image ? 'image' : kind,
    original_filename: image?.filename ?? null,
    drop_folder_id: null,
    md5_sum: image ? md5Like(image.url) : null,
    created_date: toDate(created),
    modification_date: toDate(modified),
    deleted: trashed === null ? null : toDate(trashed),
  }
}

/** The asset's image, if one has arrived. */
export function imageOf(asset: Asset, view: View): Media | undefined {
  return asset.media.findLast(media => hasArrived(media, view))
}

export function hasArrived({ url, asked }: Media, { behaviour, now }: View): boolean {
  return (behaviour.isReachable?.(url) ?? true) && asked + (behaviour.mediaDelayMs ?? 0) <= now
}

/** 32 hex digits that change with the image; the sandbox fetches nothing, so there are no bytes to sum up. */
function md5Like(url: string): string {
  return Buffer.from(digest(url), 'base64url').toString('hex')
}

function toDate(ms: number): string {
  return new Date(ms).toISOString()
}
