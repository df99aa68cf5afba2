import { closeSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs'
import { blocks } from '../../lib/blocks.ts'
import { writeAll } from '../../lib/files.ts'
import { randomHex } from '../../lib/hash.ts'
import { wordsOf } from '../../lib/text.ts'
import { OutputError } from '../../model/errors.ts'

/**
 * Writes the whole file or leaves the old one, readable by its owner only: the addresses in a feed may hold keys. What cannot
 * be written is an OutputError.
 */
export function savePrivately(path: string, lines: Iterable<string>): void {
  const temporary = `${path}.${randomHex(4)}.tmp`
  try {
    const fd = openSync(temporary, 'wx', 0o600)
    try {
      for (const block of blocks(lines)) writeAll(fd, Buffer.from(block, 'utf8'))
      fsyncSync(fd)
    } finally {
      closeSync(fd)
    }
    renameSync(temporary, path)
  } catch (error) {
    rmSync(temporary, { force: true })
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
