import { reconcile as reconcileTargets } from '../../sync/reconcile.ts'
import type { Options } from '../command.ts'
import type { Io } from '../io.ts'
import { runCommand } from './run.ts'

/** Settles items whose outcome is unknown by asking the target; default: all targets. */
export function reconcile([target]: readonly string[], options: Options, io: Io): Promise<number> {
  const chosen = target === undefined ? options : { ...options, target: [target] }
  return runCommand('reconcile', chosen, io, reconcileTargets)
}
