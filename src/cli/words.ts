import type { Option } from './commander.ts'
import { type Declared, isFamily } from './declarations/declaration.ts'

/**
 * The words of the command line as commander takes them: options that stand before the command go behind it, `help push`
 * becomes `push --help`, `version` becomes `--version`, and a family such as `config` without its second word shows its help.
 */
export function arrange(argv: readonly string[], commands: readonly Declared[]): readonly string[] {
  const leading = leadingOptions(argv, commands)
  const [first, ...rest] = argv.slice(leading)
  if (first === undefined) return argv
  if (first === 'version' && argv.length === 1) return ['--version']
  if (first === 'help' && leading === 0) return helpFor(rest, commands)
  const path = commandPath([first, ...rest], commands)
  const name = path.length === 0 && !first.startsWith('-') ? [first] : path // an unknown command is complained about first
  const words = [...name, ...argv.slice(0, leading), ...[first, ...rest].slice(name.length)]
  const isWholeFamily = path.length === 1 && isFamilyName(first, commands) && rest.length === 0
  return isWholeFamily ? [...words, '--help'] : words
}

/** How many words of `config print --json` are the name of a command: none, one or two. */
export function commandPath(words: readonly string[], commands: readonly Declared[]): readonly string[] {
  const [first, second] = words
  const declared = commands.find(({ name }) => name === first)
  if (declared === undefined) return []
  const isTwo = isFamily(declared) && declared.commands.some(({ name }) => name === second)
  return words.slice(0, isTwo ? 2 : 1)
}

function helpFor(words: readonly string[], commands: readonly Declared[]): readonly string[] {
  if (words.length === 0) return ['--help']
  const path = commandPath(words, commands)
  return path.length > 0 ? [...path, '--help'] : ['help', ...words]
}

function isFamilyName(word: string, commands: readonly Declared[]): boolean {
  return commands.some(declared => declared.name === word && isFamily(declared))
}

/** Number of words before the command that are options known to some command, with their values. */
function leadingOptions(argv: readonly string[], commands: readonly Declared[]): number {
  const options = commands.flatMap(declared =>
    isFamily(declared) ? declared.commands.flatMap(command => command.options) : declared.options,
  )
  for (let at = 0; at < argv.length; at++) {
    const option = options.find(({ short, long }) => [short, long].includes(argv[at]?.replace(/^(--[^=]+)=.*$/s, '$1')))
    if (option === undefined) return at
    if (takesNext(option, argv[at] ?? '')) at++
  }
  return 0 // nothing but options: commander says what is missing
}

function takesNext(option: Option, word: string): boolean {
  return option.required && !word.includes('=')
}
