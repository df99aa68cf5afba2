import { once } from 'node:events'
import { relative, resolve, sep } from 'node:path'
import { blocks } from '../lib/blocks.ts'
import { writeAtomic } from '../lib/files.ts'
import { nearest } from '../lib/text.ts'
import { OutputError, UsageError } from '../model/errors.ts'
import { formatOfFile, REPORTERS, reporterFor } from '../reporters/index.ts'
import type { Document, Reporter } from '../reporters/reporter.ts'
import type { Options } from './command.ts'
import type { Io, Output as Stream } from './io.ts'
import { lookOf } from './look.ts'

/** Where the result goes: one format to stdout, and any number of report files. */
export interface Outputs {
  readonly stdout: Reporter
  readonly files: readonly { readonly path: string; readonly reporter: Reporter }[]
}

/** What the run reads or remembers, and must not be overwritten. */
export interface Taken {
  readonly files: readonly string[]
  /** Folder of the ledger. */
  readonly folder: string | null
}

/** Checks --format and --report before anything is read, so that a long run does not end in a typing error. */
export function outputsOf(kind: Document['kind'], options: Options, io: Io, taken: Taken): Outputs {
  const paths = Array.isArray(options.report) ? options.report.map(String) : []
  return {
    stdout: fitting(kind, formatNamed(typeof options.format === 'string' ? options.format : 'table')),
    files: paths.map(path => {
      refuseTaken(path, '--report', io, taken)
      return { path: resolve(io.cwd, path), reporter: fitting(kind, formatNamed(formatOfFile(path), path)) }
    }),
  }
}

/** Not every format can show every kind of result. */
function fitting(kind: Document['kind'], reporter: Reporter): Reporter {
  if (reporter.kinds.includes(kind)) return reporter
  const able = REPORTERS.filter(({ kinds }: Reporter) => kinds.includes(kind)).map(({ format }) => format)
  throw new UsageError(`The format ${reporter.format} cannot show the result of this command.`, {
    fix: `The formats for it are: ${able.join(', ')}.`,
  })
}

/** Writes the result to stdout and to all report files. What cannot be written is an OutputError, after the others were tried. */
export async function writeOutputs(document: Document, outputs: Outputs, options: Options, io: Io): Promise<void> {
  const failures: string[] = []
  for (const { path, reporter } of outputs.files) {
    try {
      writeAtomic(path, blocks(reporter.render(document, FOR_FILES)))
    } catch (error) {
      failures.push(`The report ${path} cannot be written: ${wordsOf(error)}.`)
    }
  }
  const silent = options.quiet === true && document.exitCode === 0 && outputs.stdout.format === 'table'
  const look = lookOf(io, io.stdout, { color: options.color !== false, verbose: options.verbose === true })
  if (!silent) await writeAll(io.stdout, outputs.stdout.render(document, look), failures)
  if (failures.length > 0) throw new OutputError(failures.join('\n'))
}

const FOR_FILES = { width: Number.POSITIVE_INFINITY, color: false, verbose: true, unicode: true }

/** Waits for slow readers; stops quietly when nobody reads any more. */
async function writeAll(stream: Stream, pieces: Iterable<string>, failures: string[]): Promise<void> {
  let failure: NodeJS.ErrnoException | null = null
  const fail = (error: NodeJS.ErrnoException): void => {
    failure = error
  }
  stream.on('error', fail)
  for (const block of blocks(pieces)) {
    if (failure !== null) break
    if (!stream.write(block)) await drained(stream)
  }
  await new Promise<void>(done => {
    stream.write('', () => done())
  })
  stream.off('error', fail)
  const error = failure as NodeJS.ErrnoException | null
  if (error !== null && error.code !== 'EPIPE')
    failures.push(`The result cannot be written to stdout: ${wordsOf(error)}.`)
}

/** Resolves when the reader has caught up, or has gone away. */
async function drained(stream: Stream): Promise<void> {
  const listening = new AbortController() // whichever comes first, nobody goes on listening for the other
  const { signal } = listening
  const events = ['drain', 'close'].map(event => once(stream, event, { signal }).catch(() => undefined))
  await Promise.race(events)
  listening.abort()
}

function formatNamed(format: string | null, path?: string): Reporter {
  const found = format === null ? null : reporterFor(format)
  if (found !== null) return found
  const known = REPORTERS.map(reporter => reporter.format)
  if (path !== undefined) {
    const extensions = REPORTERS.flatMap((reporter: Reporter) => reporter.extensions)
    throw new UsageError(`The extension of ${path} is no report format.`, {
      fix: `Use one of ${extensions.join(', ')}.`,
    })
  }
  const near = nearest(String(format), known)
  throw new UsageError(`"${format}" is no output format.`, {
    fix: `${near === null ? '' : `Did you mean ${near}? `}The formats are: ${known.join(', ')}.`,
  })
}

/** Throws a UsageError for a file that the run reads or remembers. */
export function refuseTaken(
  path: string,
  option: '--report' | '--rejects',
  { cwd }: Io,
  { files, folder }: Taken,
): void {
  const target = resolve(cwd, path)
  const inside = folder !== null && !relative(folder, target).startsWith('..') && relative(folder, target) !== target
  if (!inside && !files.some(file => resolve(cwd, file) === target)) return
  const what = inside ? `lies in the ledger's folder ${folder}${sep}` : 'is read by this run'
  throw new UsageError(`${option} ${path} would overwrite something: it ${what}.`, {
    fix: `Choose another file for ${option}.`,
  })
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
