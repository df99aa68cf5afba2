import type { Option } from '../commander.ts'
import type { Io } from '../io.ts'

/** The options of a call by their names in camel case, from the command line or the environment. */
export type Options = Readonly<Record<string, unknown>>

/** A command: gives the exit code. Its file is loaded when it is called, because start-up time is felt at every call. */
export type Action = (words: readonly string[], options: Options, io: Io, call: Call) => Promise<number>

/** What only few commands need to know: all commands, and which options of this call came from the environment. */
export interface Call {
  readonly commands: readonly Declared[]
  /** Names in camel case. */
  readonly fromEnvironment: ReadonlySet<string>
}

/**
 * A command as the command line, its help, the completion of shells and the manual page know it. Only words: what it does is
 * loaded when it is called.
 */
export interface Declaration {
  readonly name: string
  /** One line for the list of commands. */
  readonly summary: string
  /** In their order; only the last one may be several. Default: none. */
  readonly args?: readonly Argument[]
  /** True where it opens a session that takes a while: something is shown before its code is loaded. Default: false. */
  readonly greets?: boolean
  readonly options: readonly Option[]
  /**
   * Paragraphs with blank lines between them. The one that begins with `Examples:` has an example per line and is always
   * shown last; in the others, lines that begin with a space stay as they are and all else is filled to the width.
   */
  readonly help: string
  load(): Promise<Action>
}

/** Commands that are called by two words, such as `config print`. */
export interface Family {
  readonly name: string
  readonly summary: string
  readonly help: string
  readonly commands: readonly Declaration[]
}

export type Declared = Declaration | Family

export function isFamily(declared: Declared): declared is Family {
  return 'commands' in declared
}

/** What stands on the command line besides options. */
export interface Argument {
  /** As commander reads it: `<word>` must be given, `[word]` may, `[word...]` may be several. */
  readonly words: string
  readonly description: string
}
