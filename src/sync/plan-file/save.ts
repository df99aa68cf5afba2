import { blocks } from '../../lib/blocks.ts'
import { writeAtomic } from '../../lib/files.ts'
import { wordsOf } from '../../lib/text.ts'
import { OutputError } from '../../model/errors.ts'

/**
 * Writes the whole file or leaves the old one, readable by its owner only: the addresses in a feed may hold keys. What cannot
 * be written is an OutputError.
 */
export function savePrivately(path: string, lines: Iterable<string>): void {
  try {
    writeAtomic(path, blocks(lines), 0o600)
  } catch (error) {
    if (error instanceof Error && 'syscall' in error) throw cannotBeSaved(path, error)
    throw error
  }
}

function cannotBeSaved(path: string, error: unknown): OutputError {
  return new OutputError(`The plan cannot be saved in ${path}: ${wordsOf(error)}.`, {
    fix: 'Choose another file for --out.',
    cause: error,
  })
}
