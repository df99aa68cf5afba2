import type { Look } from '../reporters/reporter.ts'
import type { Options } from './command.ts'
import type { Io, Output } from './io.ts'

export interface LookOptions {
  readonly color?: boolean | undefined
  readonly verbose?: boolean | undefined
  readonly quiet?: boolean
}

/**
 * How output on this stream may look. Colours: --no-color, then NO_COLOR, then FORCE_COLOR (0 and false: none; any other value:
 * colours; we use the sixteen that every terminal has), then whether it is a terminal that knows colours.
 */
export function lookOf({ env }: Pick<Io, 'env'>, stream: Output, options: LookOptions): Look {
  return {
    width: stream.isTTY ? (stream.columns ?? 80) : Number.POSITIVE_INFINITY,
    color: hasColor(env, stream, options.color !== false),
    verbose: options.verbose === true,
    quiet: options.quiet === true,
    unicode: isUtf8(env),
  }
}

/**
 * Whether a view may be kept in place on standard error: it is a terminal that can move its cursor and knows its width, nobody
 * keeps it as a log (CI), and neither --no-progress nor --quiet was given.
 */
export function isLive({ stderr, env }: Io, { progress, quiet }: Options): boolean {
  if (progress === false || quiet === true || isOn(env.CI)) return false
  return stderr.isTTY === true && env.TERM !== 'dumb' && stderr.columns !== 0
}

/** Shows that something has begun, in the words of the live view and where there will be one. Gives what takes them away. */
export function greet(io: Io, options: Options): () => void {
  if (!isLive(io, options)) return () => undefined
  io.stderr.write(isUtf8(io.env) ? '⠋ Starting…\r' : '- Starting...\r')
  return () => void io.stderr.write(ERASED_LINE)
}

const ERASED_LINE = '\r\u001b[K'

function isOn(value: string | undefined): boolean {
  return value !== undefined && !['', '0', 'false'].includes(value)
}

function hasColor(env: Io['env'], stream: Output, wanted: boolean): boolean {
  if (!wanted || env.NO_COLOR) return false
  if (env.FORCE_COLOR) return isOn(env.FORCE_COLOR)
  return stream.isTTY === true && env.TERM !== 'dumb'
}

function isUtf8(env: Io['env']): boolean {
  if (env.WT_SESSION || env.OS === 'Windows_NT') return true
  return /utf-?8/i.test(env.LC_ALL || env.LC_CTYPE || env.LANG || '')
}
