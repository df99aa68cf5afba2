import { plural, printable } from '../lib/text.ts'
import { UsageError } from '../model/errors.ts'
import type { CommanderError } from './commander.ts'
import { type Declaration, type Declared, isFamily } from './declarations/declaration.ts'
import { commandPath } from './words.ts'

/** What commander complains about, in the words and with the way out that every other usage error has. */
export function usageError(
  { code, message }: CommanderError,
  words: readonly string[],
  commands: readonly Declared[],
): UsageError {
  const path = commandPath(words, commands).join(' ')
  const see = `See: assetsync ${path === '' ? '' : `${path} `}--help`
  const [complaint = '', hint = ''] = message.replace(/^error: /, '').split('\n(')
  const quoted = /'(.*)'/s.exec(complaint)?.[1] ?? ''
  const flag = quoted.replace(/=.*/s, '') // a value that was meant to be a secret is not repeated
  const meant = hint.replace(/\?\)$/, '?')
  const say: Say = (text, ...ways) => new UsageError(text, { fix: [...ways, see].filter(way => way !== '').join(' ') })

  switch (code) {
    case 'commander.unknownCommand':
      return say(`There is no command "${[path, quoted].join(' ').trim()}".`, meant || pushInstead(quoted))
    case 'commander.unknownOption':
      return unknownOption(flag, meant, path, commands, say)
    case 'commander.optionMissingArgument':
      return say(`The option ${quoted} needs a value.`)
    case 'commander.invalidArgument':
      return invalidValue(complaint, say)
    case 'commander.excessArguments':
      return say(tooMany(complaint, path))
    default:
      return say(`${complaint.charAt(0).toUpperCase()}${complaint.slice(1).replace(/\.?$/, '.')}`, meant)
  }
}

type Say = (text: string, ...ways: string[]) => UsageError

function unknownOption(flag: string, meant: string, path: string, commands: readonly Declared[], say: Say): UsageError {
  const knowing = commandsWith(flag, commands)
  const others = knowing.length === 0 ? '' : `It is an option of: ${knowing.join(', ')}.`
  // Only of an option that takes no value, which was given one with "=".
  if (knowing.includes(path)) return say(`The option ${flag} takes no value.`, `Write ${flag} alone.`)
  if (path !== '' || knowing.length === 0) return say(`${path || 'assetsync'} has no option ${flag}.`, meant || others)
  const version = flag === '-v' ? 'The version is shown by: assetsync --version.' : ''
  return say(`assetsync needs a command before ${flag}.`, others, version)
}

/** `too many arguments for 'retry'. Expected 1 argument but got 2.` */
function tooMany(complaint: string, path: string): string {
  const [most = 0, given = 0] = (complaint.match(/\d+/g) ?? []).map(Number)
  const takes = most === 0 ? 'no arguments' : `at most ${plural(most, 'argument')}`
  return `${path} takes ${takes}, and there ${given === 1 ? 'is' : 'are'} ${given}.`
}

/** `option '--limit <n>' argument 'many' is invalid. Expected a whole number.` */
function invalidValue(complaint: string, say: Say): UsageError {
  const [, flags = '', value = '', expected = ''] =
    /^option '(.*?)' argument '(.*)' is invalid\. ?(.*)$/s.exec(complaint) ?? []
  const long = /--[\w-]+/.exec(flags)?.[0] ?? flags
  return say(flags === '' ? complaint : `${long} "${value}" cannot be used. ${expected}`.trim())
}

/** Somebody who names a feed first wants to push it. */
function pushInstead(word: string): string {
  const isFeed = word === '-' || /[*/\\.]/.test(word)
  return isFeed ? `Did you mean: assetsync push ${printable(word)}?` : ''
}

/** The commands that know the option, those of families by both words. */
function commandsWith(flag: string, commands: readonly Declared[]): readonly string[] {
  return commands
    .flatMap(declared =>
      isFamily(declared)
        ? declared.commands.map(command => ({ ...command, name: `${declared.name} ${command.name}` }))
        : [declared],
    )
    .filter(command => knows(command, flag))
    .map(({ name }) => name)
}

function knows({ options }: Declaration, flag: string): boolean {
  return options.some(({ short, long, hidden }) => !hidden && (short === flag || long === flag))
}
