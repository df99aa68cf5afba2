import type { Option } from '../commander.ts'
import { type Declaration, type Declared, isFamily } from '../declarations/declaration.ts'
import { type Kind, kindOf } from './kind.ts'

/** What a shell needs to know of a command. */
export interface CompletedCommand {
  /** One or two words. */
  readonly path: readonly string[]
  readonly summary: string
  readonly options: readonly CompletedOption[]
  /** What its arguments are; what follows the last one is like it. */
  readonly args: readonly Kind[]
}

export interface CompletedOption {
  readonly short: string | null
  readonly long: string
  readonly description: string
  /** What its value is; null: it takes none. */
  readonly value: Kind | null
  readonly repeatable: boolean
}

const HELP: CompletedOption = {
  short: '-h',
  long: '--help',
  description: 'this help',
  value: null,
  repeatable: false,
}

/** All commands that can be called, those of families by both words. */
export function completedCommands(commands: readonly Declared[]): readonly CompletedCommand[] {
  return commands.flatMap(declared =>
    isFamily(declared)
      ? declared.commands.map(command => complete(command, [declared.name, command.name]))
      : [complete(declared, [declared.name])],
  )
}

function complete({ summary, args = [], options }: Declaration, path: readonly string[]): CompletedCommand {
  const shown = options.filter(({ hidden }) => !hidden).map(completeOption)
  const kinds = args.map(({ words }) => kindOf(/[\w-]+/.exec(words)?.[0] ?? '', null))
  return { path, summary, options: [...shown, HELP], args: kinds }
}

function completeOption({ short, long, flags, description, required, parseArg }: Option): CompletedOption {
  const word = /<([\w-]+)/.exec(flags)?.[1] ?? ''
  return {
    short: short ?? null,
    long: long ?? '',
    description,
    value: required ? kindOf(word, long ?? null) : null,
    repeatable: /\brepeatable\b/.test(description) && parseArg !== undefined,
  }
}
