/** How far down the code column is looked for, and how many rows below a title must look like a table. */
const NEAR = 100

/**
 * Which of the first rows is the header; -1 when it is none of them. A row that holds the code column is, whatever it
 * looks like. Otherwise it is the first that is neither a comment nor a title.
 */
export function findHeader(rows: readonly (readonly string[])[], code: string | null): number {
  const named = code === null ? -1 : rows.slice(0, NEAR).findIndex(cells => columnNames(cells).includes(code))
  if (named !== -1) return named
  return rows.findIndex(
    (cells, at) => !isComment(cells, rows[at + 1]) && !isTitle(cells, rows.slice(at + 1, at + NEAR)),
  )
}

/** True for a row with nothing in it: a blank line, or the empty rows at the end of a spreadsheet. */
export function isBlank(cells: readonly string[]): boolean {
  return cells.every(cell => cell.trim() === '')
}

/** The number of cells up to the last that is not blank. */
export function widthOf(cells: readonly string[]): number {
  return cells.findLastIndex(cell => cell.trim() !== '') + 1
}

export function columnNames(cells: readonly string[]): string[] {
  return cells.map(cell => cell.trim())
}

/** The names that occur more than once, blank ones left out. */
export function duplicates(names: readonly string[]): string[] {
  const repeated = names.filter((name, at) => name !== '' && names.indexOf(name) !== at)
  return [...new Set(repeated)]
}

/**
 * A row that starts with "#" is a comment ("# exported by admin, 2024") or explains the columns, as in Meta's template. It
 * is the header ("#,SKU,Image") when the row below is not wider and looks like a record, or when "#" starts a name, not
 * a sentence, and no other "#" follows.
 */
function isComment(cells: readonly string[], below: readonly string[] | undefined): boolean {
  if (!startsWithHash(cells)) return false
  if (below === undefined || widthOf(below) > widthOf(cells)) return true
  return !looksLikeRecord(below) && (startsWithHash(below) || !looksLikeNames(cells))
}

/** A line by itself ("Product export 2024") above a table of more than one column. */
function isTitle(cells: readonly string[], below: readonly (readonly string[])[]): boolean {
  if (!isLone(cells)) return false
  const table = below.filter(row => !isLone(row))
  const [header, ...records] = table
  if (header === undefined || records.length === 0 || looksLikeRecord(header)) return false
  return table.length * 2 >= below.length
}

function isLone(cells: readonly string[]): boolean {
  return cells.filter(cell => cell.trim() !== '').length === 1
}

function startsWithHash(cells: readonly string[]): boolean {
  return (
    cells
      .find(cell => cell.trim() !== '')
      ?.trimStart()
      .startsWith('#') ?? false
  )
}

/** "#SKU" or "#" and other names, at least one of them without "#". */
function looksLikeNames(cells: readonly string[]): boolean {
  const [first, ...others] = columnNames(cells).filter(name => name !== '')
  return /^#\S*$/.test(first ?? '') && others.some(name => !name.startsWith('#')) && !looksLikeRecord(cells)
}

/** Has a number, a date, an address or the name of a picture in a cell, which headers have not. */
function looksLikeRecord(cells: readonly string[]): boolean {
  return cells.some(cell =>
    /^\s*(?:[-+]?\d[\d\s.,:/-]*$|(?:https?:)?\/\/\S|\S+\.(?:jpe?g|png|webp|gif|tiff?|avif|svg)\b)/i.test(cell),
  )
}
