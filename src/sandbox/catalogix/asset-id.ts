import { digest } from '../../lib/hash.ts'

/** 32 hex digits that name one asset for as long as its place exists; a replaced URL keeps the id. */
export function assetId(channel: string, code: string, type: string, name: string): string {
  return Buffer.from(digest(JSON.stringify([channel, code, type, name])), 'base64url').toString('hex')
}
