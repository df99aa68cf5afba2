import { isAscii } from 'node:buffer'
import { digest53 } from '../../lib/hash.ts'
import { LIMITS } from '../limits.ts'
import { type Foresight, type Row, told } from '../row.ts'
import type { Spot } from '../utf8.ts'
import { KnownLines } from './known-lines.ts'
import { RowScanner, type ScannedRow } from './row-scanner.ts'

/** So far below the limits of rows and cells, however their characters are counted, that they need not be looked at. */
const LONG = LIMITS.cellBytes / 4

const NO_CELLS: readonly string[] = []

/** What was cut out of some bytes. */
export interface Cut {
  readonly rows: readonly Row[]
  /** The bytes of these rows and of the blank lines between them. */
  readonly size: number
  /** Where the rest starts in the text. */
  readonly next: Spot
  /** The rest is the start of a row; otherwise the row there is not sure. */
  readonly isSure: boolean
}

/** True for the delimiters by which rows can be cut: blanks and other alphabets are left to csv-parse. */
export function isPlain(delimiter: string): boolean {
  return delimiter.length === 1 && isAscii(Buffer.from(delimiter)) && (delimiter === '\t' || delimiter.trim() !== '')
}

/**
 * Cuts the whole rows out of bytes that start with one, up to the first that is not sure. A row that is known is not cut: what was a
 * whole row in one line is one again.
 */
export function cutRows(bytes: Buffer, delimiter: string, start: Spot, foresight: Foresight | null = null): Cut {
  const text = bytes.toString('latin1') // one character for each byte, so that places in it are bytes
  const scanner = new RowScanner(text, delimiter)
  const lines = foresight === null ? null : new KnownLines(bytes, text, foresight)
  const isSimple = isAscii(bytes)
  const rows: Row[] = []
  let line = start.line
  for (let at = 0; ; ) {
    const byte = start.byte + at
    const known = lines?.at(at) ?? null
    if (known !== null) {
      const { lineEnd, digest, end } = known
      rows.push({ line, byte, lineEnd, cells: NO_CELLS, digest, stray: null, known: known.place })
      line++
      at = end
      continue
    }
    const scanned = scanner.row(at)
    const row = isSimple || typeof scanned === 'string' ? scanned : decoded(bytes, at, scanned, delimiter)
    if (typeof row === 'string' || row.end - at > LONG || row.cells.length > LIMITS.columns) {
      const isSure = row === 'unfinished' && bytes.length - at <= LONG
      return { rows, size: at, next: { line, byte }, isSure }
    }
    const { cells, lineEnd } = row
    if (!row.isBlank) {
      const cut = {
        line,
        byte,
        lineEnd,
        cells,
        digest: digest53(bytes.subarray(at, row.end - lineEnd.length)),
        stray: null,
      }
      rows.push(foresight === null ? cut : told(cut, foresight))
    }
    line += row.lines
    at = row.end
  }
}

/** The row in its real characters, among which there may be other blanks. */
function decoded(bytes: Buffer, at: number, row: ScannedRow, delimiter: string): ScannedRow | 'unsure' {
  const text = bytes.toString('utf8', at, row.end)
  if (text.length === row.end - at) return row
  // A CR at the very end could be half a line end.
  const own = new RowScanner(row.lineEnd === '\r' ? `${text}\n` : text, delimiter).row(0)
  return typeof own === 'string' ? 'unsure' : { ...row, cells: own.cells, isBlank: own.isBlank }
}
