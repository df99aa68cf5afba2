import type { SqlRow } from '../lib/sqlite.ts'
import { checksum } from './checksum.ts'
import { unpacked } from './packed.ts'
import { damaged } from './unusable.ts'

type Cell = SqlRow[string] | undefined

/** What a text has to fit: its checksum, null when it was written before there were any, and the place it was made for. */
export interface Seal {
  readonly sum: Cell
  readonly place: string
}

/**
 * Reads a JSON text that the ledger wrote, packed or plain; one that is none any more, or does not fit its seal, is damage: a LedgerError. To be
 * selected as a blob, because libsql ends the whole process over a text whose bytes are not UTF-8 any more.
 */
export function decode<T>(cell: Cell, seal?: Seal): T {
  const text = textIn(cell, seal)
  return readable(() => JSON.parse(text.toString('utf8')))
}

/** The JSON text of `decode`, as bytes. */
export function textIn(cell: Cell, { sum, place }: Seal = { sum: null, place: '' }): Buffer {
  const bytes = bytesOf(cell)
  if (sum !== null && sum !== checksum(place, bytes)) throw damaged('a text in it has changed')
  return readable(() => unpacked(bytes))
}

function readable<T>(read: () => T): T {
  try {
    return read()
  } catch (error) {
    throw damaged('a text in it cannot be read any more', error)
  }
}

/** The bytes of a blob, which the two drivers give in two ways. */
export function bytesOf(cell: Cell): Buffer {
  if (cell instanceof Uint8Array) return Buffer.from(cell.buffer, cell.byteOffset, cell.byteLength)
  return cell instanceof ArrayBuffer ? Buffer.from(cell) : Buffer.from(String(cell))
}
