/** Cells as one row of a table. Values are never altered; what would be read as something else is quoted, blanks around a text included. */
export function row(cells: readonly string[], delimiter: string, lineEnd: string): string {
  return cells.map(cell => (needsQuotes(cell, delimiter) ? quoted(cell) : cell)).join(delimiter) + lineEnd
}

/** The header is the start of the file, by which formats are told apart: "[", "{" and "<" begin other ones. */
export function headerRow(names: readonly string[], delimiter: string, lineEnd: string): string {
  const text = row(names, delimiter, lineEnd)
  const [first = '', ...others] = names
  if (!/^[[{<]/.test(text)) return text
  return [quoted(first), row(others, delimiter, lineEnd)].join(delimiter)
}

function needsQuotes(cell: string, delimiter: string): boolean {
  return cell.includes(delimiter) || /["\r\n]/.test(cell) || cell.trim() !== cell
}

function quoted(cell: string): string {
  return `"${cell.replaceAll('"', '""')}"`
}
