import { closeSync, fsyncSync, openSync, realpathSync, rmSync, type Stats, statSync, writeSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { blocks } from '../lib/blocks.ts'
import { writeAtomic } from '../lib/files.ts'
import { randomHex } from '../lib/hash.ts'
import { OutputError, UsageError } from '../model/errors.ts'
import type { Document, Reporter } from '../reporters/reporter.ts'
import { whyNotWritten } from './why-not-written.ts'

/** A report file that was asked for. */
export interface ReportFile {
  /** As it was written on the command line. */
  readonly name: string
  /** Absolute, with links followed: a report replaces the file, not the link to it. */
  readonly path: string
  readonly reporter: Reporter
}

/**
 * Finds out before anything is read whether the reports can be written. Throws a UsageError for a name
 * that cannot be meant, and an OutputError where nothing can be written.
 */
export function prepareReports(files: readonly ReportFile[]): void {
  for (const [at, { name, path }] of files.entries()) {
    const earlier = files.slice(0, at).find(other => other.path === path)
    if (earlier !== undefined) refuse(`--report ${earlier.name} and --report ${name} are the same file.`)
    const found = statOf(path)
    if (found?.isDirectory()) refuse(`--report ${name} is a folder.`)
    if (found?.isFile() === false) refuse(`--report ${name} is no file that can be replaced.`)
  }
  for (const { name, path } of files) tryOut(name, path)
}

/** Writes the report completely or leaves what was there. */
export function writeReport({ path, reporter }: ReportFile, document: Document): void {
  writeAtomic(path, blocks(reporter.render(document, FOR_FILES)))
}

/** The path with all links followed, as far as it exists. */
export function realPath(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    const parent = dirname(path)
    return parent === path ? path : join(realPath(parent), basename(path))
  }
}

const FOR_FILES = { width: Number.POSITIVE_INFINITY, color: false, verbose: true, unicode: true }

/** Null where nothing is, or where it cannot be said: trying out tells why. */
function statOf(path: string): Stats | null {
  try {
    return statSync(path)
  } catch {
    return null
  }
}

function refuse(message: string): never {
  throw new UsageError(message, { fix: 'Choose another file for --report.' })
}

/** Writes a neighbour and removes it: permissions alone tell neither of a full disk nor of one that can only be read. */
function tryOut(name: string, path: string): void {
  const neighbour = `${path}.${randomHex(4)}.tmp`
  try {
    const fd = openSync(neighbour, 'wx')
    try {
      writeSync(fd, '\n')
      fsyncSync(fd)
    } finally {
      closeSync(fd)
      rmSync(neighbour)
    }
  } catch (error) {
    throw new OutputError(`The report ${name} cannot be written: ${whyNotWritten(error)}.`, {
      fix: 'Nothing was read or sent. Choose another place for it.',
      cause: error,
    })
  }
}
