import { UsageError } from '../model/errors.ts'
import type { Command, Option } from './commander.ts'

const YES = ['1', 'true', 'yes', 'on']
const NO = ['', '0', 'false', 'no', 'off']

/** ASSETSYNC_ and the long name of the option. */
export function variableOf(option: Option): string {
  return `ASSETSYNC_${(option.long ?? '')
    .replace(/^--(no-)?/, '')
    .replaceAll('-', '_')
    .toUpperCase()}`
}

/**
 * Gives options that were not on the command line the value of their environment variable, and says which did. Of two that
 * exclude each other the one on the command line wins.
 */
export function applyEnvironment(command: Command, env: Environment): ReadonlySet<string> {
  const taken = new Set<string>()
  for (const option of command.options) {
    const name = option.attributeName()
    const value = option.hidden || isGiven(command, name) ? undefined : valueIn(env, option)
    if (value === undefined) continue
    command.setOptionValueWithSource(name, value, 'env')
    taken.add(name)
  }
  settleVolume(command)
  return taken
}

type Environment = Readonly<Record<string, string | undefined>>

function isGiven(command: Command, name: string): boolean {
  return command.getOptionValueSource(name) === 'cli'
}

/** Undefined where there is no such variable, or an empty one for an option that needs a value. */
function valueIn(env: Environment, option: Option): unknown {
  const variable = variableOf(option)
  const text = env[variable]
  if (text === undefined) return undefined
  if (!option.required) return flag(text, variable)
  return text === '' ? undefined : parse(option, text, variable)
}

function settleVolume(command: Command): void {
  const { quiet, verbose } = command.opts()
  if (quiet !== true || verbose !== true) return
  if (isGiven(command, 'quiet') === isGiven(command, 'verbose')) {
    throw new UsageError('--quiet and --verbose exclude each other.', { fix: 'Leave one of them out.' })
  }
  command.setOptionValue(isGiven(command, 'quiet') ? 'verbose' : 'quiet', false)
}

function parse(option: Option, text: string, variable: string): unknown {
  if (option.parseArg === undefined) return text
  try {
    return option.parseArg(text, undefined)
  } catch (error) {
    throw new UsageError(`${variable}="${text}" cannot be used. ${error instanceof Error ? error.message : ''}`.trim())
  }
}

/** `--no-color` has its value under `color`, and so has ASSETSYNC_COLOR. */
function flag(text: string, variable: string): boolean {
  const word = text.trim().toLowerCase()
  if (YES.includes(word)) return true
  if (NO.includes(word)) return false
  throw new UsageError(`${variable}="${text}" cannot be used. Expected 1 or 0.`)
}
