import { isAbsolute, relative, resolve, sep } from 'node:path'
import { nearest } from '../lib/text.ts'
import { UsageError } from '../model/errors.ts'
import { EXIT, mostSevere } from '../model/exit.ts'
import { codeQuality, codeQualityIn } from '../reporters/formats/code-quality.ts'
import { formatOfFile, REPORTERS, reporterFor } from '../reporters/index.ts'
import type { Document, Reporter } from '../reporters/reporter.ts'
import { foldersOf, tellCi } from './ci.ts'
import type { Options } from './command.ts'
import type { Io } from './io.ts'
import { lookOf } from './look.ts'
import { type NotWritten, notWritten } from './not-written.ts'
import { prepareReports, type ReportFile, realPath, writeReport } from './report-files.ts'
import { textsOf } from './values.ts'
import { whyNotWritten } from './why-not-written.ts'
import { writeAll } from './write-result.ts'

/** Where the result goes: one format to stdout, and any number of report files. */
export interface Outputs {
  readonly stdout: Reporter
  readonly files: readonly ReportFile[]
}

/** What the run reads or remembers, and must not be overwritten. */
export interface Taken {
  readonly files: readonly string[]
  /** Folder of the ledger. */
  readonly folder: string | null
}

/**
 * Checks --format and --report before anything is read, so that a long run ends neither in a typing error nor on a full disk.
 * Folders of reports are made here.
 */
export function outputsOf(kind: Document['kind'], options: Options, io: Io, taken: Taken): Outputs {
  const stdout = fitting(kind, formatNamed(typeof options.format === 'string' ? options.format : 'table'))
  const files = textsOf(options.report).map(name => {
    refuseTaken(name, '--report', io, taken)
    return { name, path: realPath(resolve(io.cwd, name)), reporter: fitting(kind, formatOfReport(name, io), name) }
  })
  prepareReports(files)
  return { stdout, files }
}

/** Throws a UsageError for a file that the run reads or remembers. */
export function refuseTaken(path: string, option: string, { cwd }: Io, { files, folder }: Taken): void {
  const target = realPath(resolve(cwd, path))
  const inside = folder !== null && isInside(realPath(folder), target)
  if (!inside && !files.some(file => realPath(resolve(cwd, file)) === target)) return
  const what = inside ? `lies in the ledger's folder ${folder}${sep}` : 'is read by this run'
  throw new UsageError(`${option} ${path} would overwrite something: it ${what}.`, {
    fix: `Choose another file for ${option}.`,
  })
}

/**
 * Writes the result to stdout and to all report files, and tells the CI system. What cannot be written is an OutputError, after
 * the others were tried.
 *
 * @param exitCode of the command, if all can be written; null for a result of the past, which the CI system knows already
 */
export async function writeOutputs(
  document: Document,
  outputs: Outputs,
  options: Options,
  io: Io,
  exitCode: number | null = document.exitCode,
): Promise<void> {
  const failed: NotWritten[] = []
  const reports = outputs.files.filter(file => isWritten(file, document, failed))
  const quiet = options.quiet === true
  if (!quiet || document.exitCode !== 0 || outputs.stdout.format !== 'table') {
    const look = lookOf(io, io.stdout, { color: options.color !== false, verbose: options.verbose === true, quiet })
    const why = await writeAll(io.stdout, outputs.stdout.render(document, look))
    if (why !== null) failed.push({ file: null, why })
  }
  if (exitCode !== null) {
    const exit = mostSevere([exitCode, failed.length === 0 ? EXIT.ok : EXIT.output])
    tellCi(document, { exitCode: exit, reports: reports.map(({ path }) => path), quiet }, io)
  }
  if (failed.length > 0) throw notWritten(failed, document, options)
}

function isWritten(file: ReportFile, document: Document, failed: NotWritten[]): boolean {
  try {
    writeReport(file, document)
    return true
  } catch (error) {
    failed.push({ file: file.name, why: whyNotWritten(error) })
    return false
  }
}

/** Not every format can show every kind of result. */
function fitting(kind: Document['kind'], reporter: Reporter, file: string | null = null): Reporter {
  if (reporter.kinds.includes(kind)) return reporter
  const others: readonly Reporter[] = REPORTERS.filter(({ kinds }: Reporter) => kinds.includes(kind))
  if (file !== null) {
    const extensions = others.flatMap(other => other.extensions).join(', ')
    throw new UsageError(`--report ${file}: ${reporter.format} cannot show the result of this command.`, {
      fix: `Use one of ${extensions}.`,
    })
  }
  const able = others.map(({ format }) => format)
  throw new UsageError(`The format ${reporter.format} cannot show the result of this command.`, {
    fix: `The formats for it are: ${able.join(', ')}.`,
  })
}

function formatNamed(format: string): Reporter {
  const found = reporterFor(format)
  if (found !== null) return found
  const known = REPORTERS.map(reporter => reporter.format)
  const near = nearest(format, known)
  throw new UsageError(`"${format}" is no output format.`, {
    fix: `${near === null ? '' : `Did you mean ${near}? `}The formats are: ${known.join(', ')}.`,
  })
}

function formatOfReport(name: string, io: Io): Reporter {
  const found = reporterFor(formatOfFile(name) ?? '')
  if (found === codeQuality) return codeQualityIn(foldersOf(io))
  if (found !== null) return found
  const extensions = REPORTERS.flatMap((reporter: Reporter) => reporter.extensions)
  throw new UsageError(`The extension of ${name} is no report format.`, { fix: `Use one of ${extensions.join(', ')}.` })
}

function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path)
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way)
}
