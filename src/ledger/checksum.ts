import { crc32 } from 'node:zlib'

/**
 * A CRC-32 over a text and the names of where in the ledger it belongs: says whether a row is still what was written there,
 * which SQLite does not. It notices damage; it is no protection against intent.
 */
export function checksum(place: string, content: string | Uint8Array): number {
  return crc32(content, crc32(place))
}

/** The same over all values of a row, for rows of which there are very many. */
export function rowChecksum(values: readonly (string | number | null)[]): number {
  return crc32(values.join('\0'))
}
