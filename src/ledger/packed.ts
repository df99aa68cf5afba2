import { deflateSync, inflateSync } from 'node:zlib'

/** The fastest: lists of steps repeat themselves so much that the better levels save little. */
const LEVEL = 1
/** First byte of everything that was packed (RFC 1950, deflate with a window of 32 KB); no JSON text begins with it. */
const MARK = 0x78

/** A list as JSON, packed: writing and reading it as plain text takes several times as long, and ten times the room. */
export function pack(list: readonly unknown[]): Buffer {
  return deflateSync(JSON.stringify(list), { level: LEVEL })
}

/** The JSON text that was packed; older ledgers have it plain. */
export function unpacked(bytes: Buffer): Buffer {
  return bytes[0] === MARK ? inflateSync(bytes) : bytes
}
