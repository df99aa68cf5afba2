import { retry as retryRun } from '../../sync/retry.ts'
import type { Options } from '../command.ts'
import type { Io } from '../io.ts'
import { runCommand } from './run.ts'

/** Sends again what failed or was skipped in a run; default: the last one. */
export function retry([run]: readonly string[], options: Options, io: Io): Promise<number> {
  return runCommand('retry', options, io, request => retryRun({ ...request, run: run ?? null }))
}
