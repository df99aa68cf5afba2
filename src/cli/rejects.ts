import { closeSync, openSync, readSync, rmSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { writeAtomic } from '../lib/files.ts'
import { OutputError, UsageError } from '../model/errors.ts'
import { REASON } from '../model/rejects.ts'
import { type RejectsFile, rejectsFile } from '../reporters/rejects.ts'
import type { KeptRejects } from '../sync/rejects.ts'
import type { Options } from './command.ts'
import type { Io } from './io.ts'
import { refuseTaken, type Taken } from './output.ts'
import { textOf, textsOf } from './values.ts'
import { whyNotWritten } from './why-not-written.ts'

/** The mark of a rejects file is in its header or its first object: a record has at most 1 MiB. */
const HEAD = 2 * 1024 * 1024

/**
 * The file of --rejects, or null without it. Throws a UsageError, before anything is read, for a file that holds anything
 * but the refused records of an earlier run.
 */
export function rejectsPathOf(options: Options, io: Io, taken: Taken): string | null {
  const path = textOf(options.rejects)
  if (path === null) return null
  if (path === '-') {
    throw new UsageError('--rejects needs a file: standard output is for the result.', {
      fix: 'Name a file, such as --rejects rejects.csv.',
    })
  }
  refuseTaken(path, '--rejects', io, taken)
  const target = resolve(io.cwd, path)
  if (textsOf(options.report).some(report => resolve(io.cwd, report) === target)) {
    throw new UsageError(`--rejects and --report both name ${path}.`, { fix: 'Choose another file for one of them.' })
  }
  if (!isFree(target)) {
    throw new UsageError(`--rejects ${path} would overwrite something that assetsync did not write.`, {
      fix: 'Choose another file for --rejects, or move that one away.',
    })
  }
  return path
}

/** What became of the file: `removed` is one of an earlier run, `none` means that there was none. */
export type Written = RejectsFile | 'removed' | 'none'

/**
 * Writes the records. When there are none, a file of an earlier run is removed, so that nobody feeds back what was refused
 * back then. What cannot be written is an OutputError.
 */
export function writeRejects(rejects: KeptRejects, path: string, io: Io): Written {
  const target = resolve(io.cwd, path)
  try {
    if (rejects.count === 0) {
      if (!isOurs(target)) return 'none'
      rmSync(target)
      return 'removed'
    }
    const file = rejectsFile(rejects)
    writeAtomic(target, file.bytes())
    return file
  } catch (error) {
    throw new OutputError(`The refused records cannot be written to ${path}: ${whyNotWritten(error)}.`)
  }
}

/** Nothing is there, or nothing that anybody would miss. */
function isFree(path: string): boolean {
  const found = statSync(path, { throwIfNoEntry: false })
  return found === undefined || (found.isFile() && found.size === 0) || isOurs(path)
}

/** True for a file that an earlier run has written, in whatever encoding; false for one that may not be read. */
function isOurs(path: string): boolean {
  const wide = Buffer.from(REASON, 'utf16le')
  const marks = [Buffer.from(REASON), wide, Buffer.from(wide).swap16()]
  try {
    if (!statSync(path).isFile()) return false
    const head = readHead(path)
    return marks.some(mark => head.includes(mark))
  } catch {
    return false
  }
}

function readHead(path: string): Buffer {
  const fd = openSync(path, 'r')
  try {
    const head = Buffer.alloc(HEAD)
    return head.subarray(0, readSync(fd, head, 0, HEAD, 0))
  } finally {
    closeSync(fd)
  }
}
