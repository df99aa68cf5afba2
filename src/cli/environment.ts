import { nearest } from '../lib/text.ts'
import { UsageError } from '../model/errors.ts'
import type { Command, Option } from './commander.ts'
import { type Declared, isFamily } from './declarations/declaration.ts'

const PREFIX = 'ASSETSYNC_'
const NEGATIVE = `${PREFIX}NO_`
/** Words of fewer letters are near to too many others: URL is no slip of FULL. */
const SHORT = 4
const YES = ['1', 'true', 'yes', 'on']
const NO = ['', '0', 'false', 'no', 'off']

/** ASSETSYNC_ and the long name of the option. */
export function variableOf(option: Option): string {
  return `${PREFIX}${(option.long ?? '')
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

/** Variables that no command reads, and the ones that were probably meant. Others are left to configs, which may name any. */
export function misspeltVariables(
  commands: readonly Declared[],
  env: Environment,
): readonly { readonly variable: string; readonly meant: string }[] {
  const options = commands.flatMap(each => (isFamily(each) ? each.commands : [each])).flatMap(each => each.options)
  const known = new Set(options.filter(({ hidden }) => !hidden).flatMap(namesOf))
  return Object.keys(env).flatMap(variable => {
    if (!variable.startsWith(PREFIX) || known.has(variable)) return []
    const word = variable.slice(PREFIX.length)
    const bare = [...known].map(name => name.slice(PREFIX.length))
    const meant = word.length < SHORT ? null : nearest(word, bare)
    return meant === null ? [] : [{ variable, meant: PREFIX + meant }]
  })
}

type Environment = Readonly<Record<string, string | undefined>>

function isGiven(command: Command, name: string): boolean {
  return command.getOptionValueSource(name) === 'cli'
}

/** Undefined where there is no such variable, or an empty one for an option that needs a value. */
function valueIn(env: Environment, option: Option): unknown {
  for (const variable of namesOf(option)) {
    const text = env[variable]
    if (text === undefined) continue
    if (!option.required) return flag(text, variable) !== isNegative(variable)
    return text === '' ? undefined : parse(option, text, variable)
  }
  return undefined
}

/** `--no-color` is told by ASSETSYNC_COLOR=0, and by ASSETSYNC_NO_COLOR=1 as its own name has it. */
function namesOf(option: Option): readonly string[] {
  const variable = variableOf(option)
  return option.negate ? [variable, variable.replace(PREFIX, NEGATIVE)] : [variable]
}

function isNegative(variable: string): boolean {
  return variable.startsWith(NEGATIVE)
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
