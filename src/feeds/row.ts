import type { Recogniser } from '../model/record.ts'

/** Digests are from 1 up to, but not including, this. */
const MOST_DIGESTS = 2 ** 53

/** One row of a table as it was written. */
export interface Row {
  /** The line it starts on. */
  readonly line: number
  /** Where it starts in the text, in bytes. */
  readonly byte: number
  readonly lineEnd: '\r\n' | '\n' | '\r' | ''
  /** None of a row that is known, and was not cut therefore. */
  readonly cells: readonly string[]
  /** Of the row as it is written, without its line end: equal rows, equal digests. */
  readonly digest: number
  /** What a recogniser told of it, if it was asked. */
  readonly known?: number | null
  /** Where a quoted cell opens that goes on after its closing quote, if any; `isSplit`: over a line break. */
  readonly stray: { readonly line: number; readonly byte: number; readonly isSplit: boolean } | null
}

/** With which rows need not be cut that are known, and how many columns they have. */
export interface Foresight {
  readonly records: Recogniser
  readonly columns: number
}

/** By which a row is told when the feed is read again. One that is short has another one: how many there are of these matters at the end. */
export function recordDigest({ digest, cells }: Pick<Row, 'digest' | 'cells'>, columns: number): number {
  return cells.length < columns ? MOST_DIGESTS - digest : digest
}

/** The row with what is known of it. */
export function told(row: Row, { records, columns }: Foresight): Row {
  const known = records.find(recordDigest(row, columns))
  records.pass(known)
  return { ...row, known }
}

/** True of a row that is known, and as wide as the table. */
export function isUncut({ cells }: Row): boolean {
  return cells.length === 0
}
