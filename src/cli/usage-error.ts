import { printable } from '../lib/text.ts'
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
  const say = (text: string, ...ways: string[]) =>
    new UsageError(text, { fix: [...ways, see].filter(way => way !== '').join(' ') })

  switch (code) {
    case 'commander.unknownCommand':
      return say(`There is no command "${[path, quoted].join(' ').trim()}".`, meant || pushInstead(quoted))
    case 'commander.unknownOption':
      return say(`${path === '' ? 'assetsync' : path} has no option ${flag}.`, meant || elsewhere(flag, commands))
    case 'commander.optionMissingArgument':
      return say(`The option ${quoted} needs a value.`)
    case 'commander.invalidArgument':
      return invalidValue(complaint, say)
    default:
      return say(`${complaint.charAt(0).toUpperCase()}${complaint.slice(1).replace(/\.?$/, '.')}`, meant)
  }
}

/** `option '--limit <n>' argument 'many' is invalid. Expected a whole number.` */
function invalidValue(complaint: string, say: (text: string) => UsageError): UsageError {
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

/** Which commands know the option that this one does not. */
function elsewhere(flag: string, commands: readonly Declared[]): string {
  const all = commands.flatMap(declared => (isFamily(declared) ? [] : [declared]))
  const names = all.filter(command => knows(command, flag)).map(({ name }) => name)
  return names.length === 0 ? '' : `It is one of: ${names.join(', ')}.`
}

function knows({ options }: Declaration, flag: string): boolean {
  return options.some(({ short, long, hidden }) => !hidden && (short === flag || long === flag))
}
