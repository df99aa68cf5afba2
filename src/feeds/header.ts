/** True for a row with nothing in it: a blank line, or the empty rows at the end of a spreadsheet. */
export function isBlank(cells: readonly string[]): boolean {
  return cells.every(cell => cell.trim() === '')
}

/**
 * Some templates (Meta's catalog, for one) explain the columns in a row above the header, in which every cell starts
 * with "#". A row that holds the code column is the header, whatever it looks like.
 */
export function isComment(cells: readonly string[], code: string | null): boolean {
  if (code !== null && columnNames(cells).includes(code)) return false
  return cells.every(cell => cell.trim() === '' || cell.trim().startsWith('#'))
}

/** Trimmed. A byte order mark in the middle of a file hides the quotes of the cell after it from the parser. */
export function columnNames(cells: readonly string[]): string[] {
  return cells.map(cell => {
    const name = cell.trim()
    return cell.startsWith('\ufeff"') && name.endsWith('"') ? name.slice(1, -1).trim() : name
  })
}

/** The names that occur more than once, blank ones left out. */
export function duplicates(names: readonly string[]): string[] {
  const repeated = names.filter((name, at) => name !== '' && names.indexOf(name) !== at)
  return [...new Set(repeated)]
}
