import { EXIT } from '../../model/exit.ts'
import { report as reportRun } from '../../sync/report.ts'
import type { Options } from '../command.ts'
import type { Io } from '../io.ts'
import { outputsOf, writeOutputs } from '../output.ts'
import { historyPlace } from './history.ts'

/** Renders the report of a past run again. Its exit code tells whether that worked, not how the run ended. */
export async function report([run]: readonly string[], options: Options, io: Io): Promise<number> {
  const { state, config } = await historyPlace(options, io)
  const outputs = outputsOf('report', options, io, { files: config === null ? [] : [config], folder: state })
  const { document, close } = reportRun({ state, clock: io.clock, run: run ?? null })
  try {
    await writeOutputs(document, outputs, options, io, null)
    return EXIT.ok
  } finally {
    await close()
  }
}
