import { isRemote, nameOf } from '../feeds/remote/address.ts'
import type { Options } from './command.ts'
import type { Option } from './commander.ts'

/** A command as it is typed: the feeds, and those of the options that this call has. */
export function commandLine(
  command: string,
  feeds: readonly string[],
  options: Options,
  declared: readonly Option[],
): string {
  const words = declared.flatMap(option => wordsOf(option, options[option.attributeName()]))
  return ['assetsync', command, ...feeds.map(shown), ...words].map(quoted).join(' ')
}

/** Stands for feeds that no command can name. */
const SOME_FEED = '<feed>'

/** A push as it is typed; no feeds: those of the config, null: somebody has to fill them in. */
export function pushLine(feeds: readonly string[] | null, options: Options, declared: readonly Option[]): string {
  return commandLine('push', feeds ?? [SOME_FEED], options, declared)
}

function wordsOf({ long }: Option, value: unknown): readonly string[] {
  if (value === undefined || value === false || !long) return []
  if (value === true) return [long]
  const text = Array.isArray(value) ? value.join(',') : String(value)
  return [long, text === '\t' ? 'tab' : text]
}

/** Addresses may hold passwords and keys. */
function shown(feed: string): string {
  return isRemote(feed) && URL.canParse(feed) ? nameOf(new URL(feed)) : feed
}

/** As shells read it: double quotes where that is enough, which Windows knows as well. */
function quoted(word: string): string {
  if (word === SOME_FEED || /^[\w@%+=:,./-]+$/.test(word)) return word
  return /["$`\\!]/.test(word) ? `'${word.replaceAll("'", `'\\''`)}'` : `"${word}"`
}
