import type { Look } from '../reporters/reporter.ts'
import type { Io, Output } from './io.ts'

export interface LookOptions {
  readonly color?: boolean | undefined
  readonly verbose?: boolean | undefined
}

/** How output on this stream may look: --no-color, NO_COLOR, FORCE_COLOR, then whether it is a terminal that knows colours. */
export function lookOf({ env }: Io, stream: Output, options: LookOptions): Look {
  return {
    width: stream.isTTY ? (stream.columns ?? 80) : Number.POSITIVE_INFINITY,
    color: hasColor(env, stream, options.color !== false),
    verbose: options.verbose === true,
    unicode: isUtf8(env),
  }
}

function hasColor(env: Io['env'], stream: Output, wanted: boolean): boolean {
  if (!wanted || env.NO_COLOR) return false
  if (env.FORCE_COLOR !== undefined) return env.FORCE_COLOR !== '0' && env.FORCE_COLOR !== 'false'
  return stream.isTTY === true && env.TERM !== 'dumb'
}

function isUtf8(env: Io['env']): boolean {
  if (env.WT_SESSION || env.OS === 'Windows_NT') return true
  return /utf-?8/i.test(env.LC_ALL || env.LC_CTYPE || env.LANG || '')
}
