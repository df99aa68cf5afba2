import type { JsonObject } from '../../model/json.ts'
import type { Asset } from './store.ts'

const CDN = 'https://cdn.productai.photo/assets'
/** Pixels in the document's example. The sandbox does not look into images. */
const SIDE = 1024

/** An asset as lists show it: on the vendor's own address, never the one that it was imported from. */
export function showInList({ id, upload, status, created }: Asset): JsonObject {
  const extension = upload.format === 'jpeg' ? 'jpg' : upload.format
  return {
    asset_id: id,
    name: upload.name,
    status,
    url: `${CDN}/${id}.${extension}`,
    thumbnail_url: `${CDN}/${id}_thumb.${extension}`,
    width: SIDE,
    height: SIDE,
    tags: upload.tags,
    created_at: toDate(created),
  }
}

/** An asset as the answer to its upload shows it. */
export function showNew(asset: Asset): JsonObject {
  return { ...showInList(asset), file_size: asset.upload.fileSize, format: asset.upload.format }
}

/** An asset as GET by its id shows it. */
export function showWhole(asset: Asset, processingMs: number): JsonObject {
  const updated = asset.status === 'processing' ? asset.created : asset.created + processingMs
  return { ...showNew(asset), updated_at: toDate(updated) }
}

/** In whole seconds, as in the document's examples. */
function toDate(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z')
}
