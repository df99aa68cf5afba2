import type { Declared } from '../declarations/declaration.ts'
import { bashScript } from './bash.ts'
import { fishScript } from './fish.ts'
import { fixedValues, type Shell } from './fixed-values.ts'
import { completedCommands } from './model.ts'
import { zshScript } from './zsh.ts'

export { SHELLS } from './fixed-values.ts'

/** The completion script of this shell, made from the declarations of all commands. */
export function scriptFor(shell: Shell, declared: readonly Declared[]): string {
  const commands = completedCommands(declared)
  const summaries = new Map(declared.map(({ name, summary }) => [name, summary]))
  const values = fixedValues(declared)
  if (shell === 'bash') return bashScript(commands, values)
  return shell === 'zsh' ? zshScript(commands, summaries, values) : fishScript(commands, summaries, values)
}
