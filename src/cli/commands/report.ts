import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { UsageError } from '../../model/errors.ts'
import { EXIT } from '../../model/exit.ts'
import type { Report } from '../../model/report.ts'
import { report as reportRun } from '../../sync/report.ts'
import type { Opened } from '../../sync/request.ts'
import type { Options } from '../command.ts'
import type { Io } from '../io.ts'
import { commandLine } from '../next-command.ts'
import { withNextSteps } from '../next-steps.ts'
import { outputsOf, writeOutputs } from '../output.ts'
import { hasSandboxRuns, historyPlace, keptApart, PLACE } from './history.ts'

/** Renders the report of a past run again. Its exit code tells whether that worked, not how the run ended. */
export async function report([run]: readonly string[], options: Options, io: Io): Promise<number> {
  const { state, config } = await historyPlace(options, io)
  const outputs = outputsOf('report', options, io, { files: config === null ? [] : [config], folder: state })
  const opened = found(run ?? null, state, options, io)
  const { document, close } = opened
  // What comes next is good advice still; everything else is as the run told it.
  const feeds = feedsOf(document, io)
  const { next = [] } = withNextSteps(opened, { feeds, options, fromJournal: true }).document
  try {
    await writeOutputs({ ...document, next }, outputs, options, io, null)
    return EXIT.ok
  } finally {
    await close()
  }
}

/** The file that the run read, where it can be named again. */
function feedsOf({ feed: { files } }: Report, { cwd }: Io): readonly string[] | null {
  const [file, ...others] = files
  return file !== undefined && others.length === 0 && existsSync(resolve(cwd, file)) ? [file] : null
}

function found(run: string | null, state: string, options: Options, io: Io): Opened<Report> {
  try {
    return reportRun({ state, clock: io.clock, run })
  } catch (error) {
    if (!(error instanceof UsageError) || !hasSandboxRuns(options, state)) throw error
    const words = run === null ? [] : [run]
    const elsewhere = keptApart(commandLine('report', words, { ...options, sandbox: true }, PLACE))
    throw new UsageError(error.message, { fix: run === null ? elsewhere : `${error.fix} ${elsewhere}`, cause: error })
  }
}
