import { columnNames, findHeader, widthOf } from './header.ts'
import type { Row } from './row.ts'

/** The first rows of a text, read with one delimiter. */
export interface Table {
  readonly delimiter: string
  readonly rows: readonly Row[]
  /** Which of the rows is the header; -1 when they are all comments. */
  readonly header: number
  readonly columns: readonly string[]
  /** The configured code column is one of several columns. */
  readonly holdsCode: boolean
  /** How well the records agree with the header, from 0 to 1. */
  readonly steadiness: number
  /** More than one column, which the first record has and at least half of all. */
  readonly isSteady: boolean
}

export function tableOf(delimiter: string, rows: readonly Row[], code: string | null): Table {
  const header = findHeader(
    rows.map(row => row.cells),
    code,
  )
  const columns = columnNames(rows[header]?.cells ?? [])
  const fits = rows.slice(header + 1).map(row => agreement(row.cells, columns.length))
  const steadiness = fits.length === 0 ? 1 : fits.reduce((sum, fit) => sum + fit, 0) / fits.length
  return {
    delimiter,
    rows,
    header,
    columns,
    holdsCode: code !== null && columns.length > 1 && columns.includes(code),
    steadiness,
    isSteady: columns.length > 1 && fits[0] !== 0 && steadiness >= 0.5,
  }
}

/**
 * Is this the table rather than the other one? By the right delimiter the header comes first: a wrong one, which the
 * header does not hold, sees a header in a record that has many of them.
 */
export function isBetter(table: Table, other: Table): boolean {
  if (table.holdsCode !== other.holdsCode) return table.holdsCode
  if (table.isSteady !== other.isSteady) return table.isSteady
  if (table.isSteady && (isAbove(table, other) || isAbove(other, table))) return isAbove(table, other)
  return scoreOf(table) > scoreOf(other)
}

/** Does its header come before the other's? */
export function isAbove(table: Table, other: Table): boolean {
  return lineOf(table) < lineOf(other)
}

/** Columns besides the first, as far as the records have them too. */
function scoreOf({ columns, steadiness }: Table): number {
  return (columns.length - 1) * steadiness
}

function lineOf({ rows, header }: Table): number {
  return rows[header]?.line ?? Number.POSITIVE_INFINITY
}

/** Rows may be short, but those with a single cell say that this is not the delimiter. */
function agreement(cells: readonly string[], columns: number): number {
  if (cells.length === columns || (cells.length > columns && widthOf(cells) <= columns)) return 1
  return cells.length > 1 && cells.length < columns ? 0.5 : 0
}
