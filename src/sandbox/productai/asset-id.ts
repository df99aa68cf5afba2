import { digest } from '../../lib/hash.ts'

/** The id of the `n`th asset, in the form of the document's `asset_xyz789`. The same source gets another one each time. */
export function assetId(n: number, source: string): string {
  const hex = Buffer.from(digest(JSON.stringify([n, source])), 'base64url').toString('hex')
  return `asset_${hex.slice(0, 20)}`
}
