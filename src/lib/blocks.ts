const BLOCK = 64 * 1024

/** Joins many small texts to few large ones, because every write has its price. */
export function* blocks(pieces: Iterable<string>): Generator<string> {
  let block: string[] = []
  let size = 0
  for (const piece of pieces) {
    block.push(piece)
    size += piece.length
    if (size < BLOCK) continue
    yield block.join('')
    block = []
    size = 0
  }
  if (size > 0) yield block.join('')
}
