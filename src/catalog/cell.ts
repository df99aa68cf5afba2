/** The images of one cell: trimmed pieces that are not blank. Without a separator the cell is one piece. */
export function splitCell(cell: string, separator: string | null): string[] {
  const pieces = separator === null ? [cell] : cell.split(separator)
  return pieces.map(piece => piece.trim()).filter(piece => piece !== '')
}
