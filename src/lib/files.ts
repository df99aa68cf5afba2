import { closeSync, fsyncSync, openSync, renameSync, rmSync, statSync, writeSync } from 'node:fs'
import { randomHex } from './hash.ts'

/**
 * Writes the whole file or leaves the old one: to a temporary neighbour first, flushed to disk, then renamed. A file that
 * was private stays so. Text becomes UTF-8. Each piece is one write, so join small ones with `blocks` first.
 *
 * @param mode permissions of the file. Default: those of the old one, else 0o644
 */
export function writeAtomic(path: string, pieces: Iterable<string | Uint8Array>, mode = modeOf(path) ?? 0o644): void {
  const temporary = `${path}.${randomHex(4)}.tmp`
  const fd = openSync(temporary, 'wx', mode & 0o777)
  try {
    writeAndClose(fd, pieces)
    renameSync(temporary, path)
  } catch (error) {
    rmSync(temporary, { force: true })
    throw error
  }
}

function modeOf(path: string): number | undefined {
  return statSync(path, { throwIfNoEntry: false })?.mode
}

function writeAndClose(fd: number, pieces: Iterable<string | Uint8Array>): void {
  try {
    for (const piece of pieces) writeAll(fd, typeof piece === 'string' ? Buffer.from(piece, 'utf8') : piece)
    fsyncSync(fd)
  } finally {
    closeSync(fd)
  }
}

/** Writes every byte at the file's current position. */
export function writeAll(fd: number, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length; ) done += writeSync(fd, bytes, done)
}
