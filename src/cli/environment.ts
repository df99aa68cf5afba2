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

/** Gives options that were not on the command line the value of their environment variable. */
export function applyEnvironment(command: Command, env: Readonly<Record<string, string | undefined>>): void {
  for (const option of command.options) {
    const variable = variableOf(option)
    const text = env[variable]
    const name = option.attributeName()
    if (text === undefined || command.getOptionValueSource(name) === 'cli') continue
    if (option.required) {
      if (text !== '') command.setOptionValueWithSource(name, parse(option, text, variable), 'env')
      continue
    }
    command.setOptionValueWithSource(name, flag(text, variable), 'env')
  }
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
