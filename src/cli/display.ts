import type { Redact } from '../lib/redact.ts'
import { createProgress, type Progress } from '../reporters/progress.ts'
import type { Options } from './command.ts'
import type { Io } from './io.ts'
import { isLive, lookOf } from './look.ts'

/** The display of a run while it goes on. */
export function startProgress(command: string, options: Options, io: Io, redact: Redact): Progress {
  const { stderr } = io
  const look = lookOf(io, stderr, { color: options.color !== false })
  return createProgress({
    terminal: isLive(io, options),
    quiet: options.quiet === true,
    verbose: options.verbose === true,
    activity: command === 'verify' ? 'Comparing with' : 'Sending to',
    color: look.color,
    unicode: look.unicode,
    write: text => void stderr.write(redact(text)),
    stream: stderr,
    clock: io.clock,
  })
}

const NOTHING = (): void => undefined

/**
 * Takes a live view away before a signal ends the process: commands that send nothing end with the first, those that send with
 * the second one.
 */
export function endCleanly(io: Io, options: Options, progress: Progress, sends: boolean): () => void {
  if (!isLive(io, options)) return NOTHING
  let signals = 0
  const off = io.onSignal(signal => {
    if (++signals === 1 && sends) return progress.stopping()
    progress.stop()
    off()
    if (!sends) io.raise(signal)
  })
  return off
}
