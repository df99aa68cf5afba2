import { openHistory, runNamed } from '../../sync/history.ts'
import { retry as retryRun } from '../../sync/retry.ts'
import type { Options } from '../command.ts'
import type { Io } from '../io.ts'
import { pushLine } from '../next-command.ts'
import { numberOf, textsOf } from '../values.ts'
import { PLACE } from './history.ts'
import { runCommand } from './run.ts'

/** Sends again what failed or was skipped in a run; default: the last one. */
export function retry([run]: readonly string[], options: Options, io: Io): Promise<number> {
  const only = textsOf(options.target)
  return runCommand('retry', options, io, async request =>
    retryRun({
      ...request,
      allowShrink: options.allowShrink === true,
      maxCreate: numberOf(options.maxCreate),
      run: run === undefined ? null : idOf(run, request.state),
      only,
      pushLine: feeds => pushLine(feeds, options, PLACE),
    }),
  )
}

/** The beginning of an id is enough. Without a ledger, `retry` says that there is no run. */
function idOf(run: string, state: string): string {
  const history = openHistory(state)
  try {
    return history === null ? run : runNamed(run, history.runs)
  } finally {
    history?.ledger.close()
  }
}
