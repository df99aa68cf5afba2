import type { Table } from './contract.ts'

export interface Dialect {
  readonly delimiter: string
  readonly lineEnd: string
  /** `all`: every cell; `needed`: also around line breaks, quotes and usual delimiters; `least`: quotes inside stay bare. */
  readonly quoting: 'all' | 'needed' | 'least'
  /** Blanks on both sides of every cell, outside its quotes. */
  readonly padding?: string
}

/** A table as CSV, and the line each of its rows starts on. */
export function writeCsv(table: Table, dialect: Dialect): { text: string; lines: number[] } {
  const rows = [table.columns, ...table.rows].map(
    row => row.map(cell => writeCell(cell, dialect)).join(dialect.delimiter) + dialect.lineEnd,
  )
  let line = 1
  const lines = rows.map(row => {
    const start = line
    line += row.split(/\r\n|\r|\n/).length - 1
    return start
  })
  return { text: rows.join(''), lines: lines.slice(1) }
}

function writeCell(cell: string, { delimiter, quoting, padding = '' }: Dialect): string {
  const isBare =
    cell === cell.trim() &&
    (quoting === 'least'
      ? !/^"|[\r\n]/.test(cell) && !cell.includes(delimiter)
      : quoting === 'needed' && !/["\r\n,;|\t^~]/.test(cell))
  return padding + (isBare ? cell : `"${cell.replaceAll('"', '""')}"`) + padding
}
