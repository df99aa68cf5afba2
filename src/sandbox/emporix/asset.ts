import { digest } from '../../lib/hash.ts'
import type { JsonObject } from '../../model/json.ts'
import { ACCOUNT } from './account.ts'

export interface RefId {
  readonly type: string
  readonly id: string
}

/** What is told about the bytes of a BLOB. */
export interface Details {
  readonly filename: string
  readonly mimeType: string
  readonly bytes: number
  readonly etag: string
}

export interface Asset {
  readonly id: string
  readonly type: 'LINK' | 'BLOB'
  readonly access: 'PUBLIC' | 'PRIVATE'
  readonly url: string
  readonly refIds: readonly RefId[]
  /** Null for a LINK. */
  readonly details: Details | null
  /** ISO 8601, UTC. */
  readonly createdAt: string
  readonly modifiedAt: string
  /** From 1. */
  readonly version: number
}

/** 24 hex digits for the so many-th asset. */
export function assetId(number: number): string {
  const bytes = Buffer.from(digest(JSON.stringify(['emporix_asset', number])), 'base64url')
  return bytes.toString('hex').slice(0, 24)
}

/** Where the vendor keeps a BLOB: public ones at its content network, private ones behind its own API. */
export function blobUrl(id: string, access: Asset['access']): string {
  const name = encodeURIComponent(id.toWellFormed())
  return access === 'PUBLIC'
    ? `https://res.cloudinary.com/sandbox/image/upload/${ACCOUNT.tenant}/media/${name}`
    : `https://api.emporix.io/media/${ACCOUNT.tenant}/assets/${name}/download`
}

/** An asset as the API shows it. */
export function showAsset({ id, type, access, url, refIds, details, ...metadata }: Asset): JsonObject {
  return {
    id,
    type,
    access,
    url,
    ...(details && { details: { ...details } }),
    ...(refIds.length > 0 && { refIds: refIds.map(ref => ({ id: ref.id, type: ref.type })) }),
    metadata,
  }
}
