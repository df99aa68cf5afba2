import { CR, LF, QUOTE } from './ascii.ts'

/** A cell and where it lies in the bytes of its row. */
export interface RawCell {
  /** Where it starts, after blanks. */
  readonly at: number
  /** Without the quotes, and without the blanks around it or around the quotes. */
  readonly text: string
  /** Its quote is not closed. */
  readonly isOpen: boolean
  /** It goes on after its closing quote; the text is then left as written, quotes included. */
  readonly isStray: boolean
  /** Where the next delimiter is, or the end of the row. */
  readonly end: number
}

/** The cells of a row that has blanks around its quotes, which csv-parse takes for parts of the cell. */
export function cutCells(row: Buffer, delimiter: Buffer): RawCell[] {
  const cells: RawCell[] = []
  for (let at = 0; at <= row.length; ) {
    const cell = cutCell(row, at, delimiter)
    cells.push(cell)
    at = cell.end === row.length ? row.length + 1 : cell.end + delimiter.length
  }
  return cells
}

/** True when a line break lies between the quotes of a cell: rows may have been swallowed. */
export function hasLineBreak(row: Buffer, cell: RawCell): boolean {
  const quoted = row.subarray(cell.at, closingQuote(row, cell.at + 1))
  return quoted.includes(LF) || quoted.includes(CR)
}

function cutCell(row: Buffer, start: number, delimiter: Buffer): RawCell {
  const end = cellEnd(row, start, delimiter)
  const written = row.toString('utf8', start, end)
  const text = written.trimStart()
  const at = start + Buffer.byteLength(written) - Buffer.byteLength(text)
  if (row[at] === QUOTE && at < end) return cutQuoted(row, at, delimiter)
  return { at, text: text.trimEnd(), isOpen: false, isStray: false, end }
}

function cutQuoted(row: Buffer, at: number, delimiter: Buffer): RawCell {
  const close = closingQuote(row, at + 1)
  const end = cellEnd(row, close + 1, delimiter)
  const quoted = row.toString('utf8', at + 1, close).replaceAll('""', '"')
  const rest = row.toString('utf8', close + 1, end).trimEnd()
  const isStray = rest !== ''
  return { at, text: isStray ? `"${quoted}"${rest}` : quoted, isOpen: close === row.length, isStray, end }
}

function cellEnd(row: Buffer, from: number, delimiter: Buffer): number {
  const next = row.indexOf(delimiter, from)
  return next === -1 || from >= row.length ? row.length : next
}

/** The quote that closes a cell: the first that is not doubled. */
function closingQuote(row: Buffer, from: number): number {
  let at = row.indexOf(QUOTE, from)
  while (at !== -1 && row[at + 1] === QUOTE) at = row.indexOf(QUOTE, at + 2)
  return at === -1 ? row.length : at
}
