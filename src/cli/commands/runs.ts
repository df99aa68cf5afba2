import { runs as listRuns } from '../../sync/runs.ts'
import type { Options } from '../command.ts'
import type { Io } from '../io.ts'
import { commandLine } from '../next-command.ts'
import { hasSandboxRuns, historyFormat, historyPlace, keptApart, PLACE, print } from './history.ts'

/** Lists the kept runs. */
export async function runs(_words: readonly string[], options: Options, io: Io): Promise<number> {
  const format = historyFormat('runs', options)
  const { state } = await historyPlace(options, io)
  const document = listRuns({ state, clock: io.clock })
  if (document.runs.length === 0 && hasSandboxRuns(options, state)) {
    const elsewhere = keptApart(commandLine('runs', [], { ...options, sandbox: true }, PLACE))
    await print({ ...document, notices: [...document.notices, elsewhere] }, format, options, io)
    return document.exitCode
  }
  const last = document.runs.find(run => run.state !== 'under-way')
  const next = last === undefined ? null : commandLine('report', [last.id], options, PLACE)
  await print({ ...document, next }, format, options, io)
  return document.exitCode
}
