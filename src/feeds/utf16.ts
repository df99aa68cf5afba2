/**
 * UTF-16 without a byte order mark, by its first bytes; null for anything else. The header and the delimiters of a table
 * and the tags of a document are ASCII, so that every other byte of many is NUL.
 */
export function findUtf16(head: Buffer): 'utf-16le' | 'utf-16be' | null {
  const units = Math.floor(head.length / 2)
  const first = countNuls(head, 0)
  const second = countNuls(head, 1)
  if (Math.max(first, second) * 4 <= units || Math.min(first, second) * 8 >= Math.max(first, second)) return null
  return second > first ? 'utf-16le' : 'utf-16be'
}

/** How many bytes are NUL, counting every other one from `start`. */
function countNuls(bytes: Buffer, start: number): number {
  let count = 0
  for (let at = start; at < bytes.length; at += 2) if (bytes[at] === 0) count++
  return count
}
