import { appendFileSync, statSync } from 'node:fs'
import { wordsOf } from '../lib/text.ts'
import { markdown } from '../reporters/formats/markdown.ts'
import { type Annotation, annotationLines, commandLine, outputLines } from '../reporters/github.ts'
import type { Document } from '../reporters/reporter.ts'
import type { Io } from './io.ts'

export interface CiResult {
  readonly exitCode: number
  /** Absolute paths of the reports that were written. */
  readonly reports: readonly string[]
  /** -q was given. */
  readonly quiet: boolean
}

/** More in one step, and GitHub shows nothing of it. */
const SUMMARY_BYTES = 1024 * 1024
const OUTPUTS = 'outputs of the step'
const LOOK = { width: Number.POSITIVE_INFINITY, color: false, verbose: false, unicode: true }

/**
 * In GitHub Actions (GITHUB_ACTIONS=true): annotations, the summary of the job and the outputs of the step. All of that comes on
 * top of the result, so what cannot be written is a warning and changes no exit code.
 */
export function tellCi(document: Document, result: CiResult, io: Io): void {
  if (!isGithub(io)) return
  const { GITHUB_STEP_SUMMARY: summary, GITHUB_OUTPUT: output } = io.env
  const isSilent = result.quiet && result.exitCode === 0
  // Commands are read from both streams, and stdout is for the result alone.
  if (!isSilent) for (const line of annotationLines(document, foldersOf(io))) io.stderr.write(line)
  if (summary) attempt('job summary', io, () => appendSummary(summary, document))
  if (output) attempt(OUTPUTS, io, () => appendFileSync(output, outputLines(document, result)))
}

/** In GitHub Actions: the reason why there is no result, as an annotation, and the exit code. The message has its secrets masked. */
export function tellCiOfError(message: string, exitCode: number, io: Io): void {
  if (!isGithub(io)) return
  annotate({ level: 'error', title: 'assetsync', message, source: null }, io)
  const { GITHUB_OUTPUT: output } = io.env
  if (output) attempt(OUTPUTS, io, () => appendFileSync(output, `exit-code=${exitCode}\n`))
}

/** What paths in CI systems count from: the checkout. */
export function foldersOf({ env, cwd }: Io): { readonly cwd: string; readonly root: string } {
  return { cwd, root: env.GITHUB_WORKSPACE || env.CI_PROJECT_DIR || cwd }
}

function isGithub({ env }: Io): boolean {
  return env.GITHUB_ACTIONS === 'true'
}

function annotate(annotation: Annotation, io: Io): void {
  io.stderr.write(`${commandLine(annotation, foldersOf(io))}\n`)
}

/** The step may have a summary already, of an earlier command. */
function appendSummary(path: string, document: Document): void {
  const text = `${[...markdown.render(document, LOOK)].join('')}\n`
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0
  if (size + Buffer.byteLength(text) > SUMMARY_BYTES) throw new Error('it would be larger than 1 MiB')
  appendFileSync(path, text)
}

function attempt(what: string, io: Io, write: () => void): void {
  try {
    write()
  } catch (error) {
    const message = `The ${what} cannot be written: ${wordsOf(error)}.`
    annotate({ level: 'warning', title: 'assetsync', message, source: null }, io)
  }
}
