import type { Action } from '../command.ts'
import type { Option } from '../commander.ts'

/**
 * A command as the command line, its help, the completion of shells and the manual page know it. Only words: what it does is
 * loaded when it is called.
 */
export interface Declaration {
  readonly name: string
  /** One line for the list of commands. */
  readonly summary: string
  readonly argument?: Argument
  readonly options: readonly Option[]
  /** Printed below the options: examples first, then what else is to be known. */
  readonly help: string
  load(): Promise<Action>
}

/** What stands on the command line besides options. */
export interface Argument {
  /** As commander reads it: `<word>` must be given, `[word]` may, `[word...]` may be several. */
  readonly words: string
  readonly description: string
}
