import type { Option } from '../commander.ts'
import { type Declaration, type Declared, isFamily } from '../declarations/declaration.ts'
import { CONFIG_FILES } from '../help/config-files.ts'
import { IN_CONFIGS, SURROUNDINGS } from '../help/environment.ts'
import { exitCodeRows } from '../help/exit-codes.ts'
import { paragraphsOf } from '../help/paragraphs.ts'
import { HEADINGS } from '../options.ts'
import { bold, flags, paragraph, roff, section, term, verbatim } from './roff.ts'

const ABOUT =
  'reads products with their images from CSV, JSON and XML feeds, plans what has changed since the last run, sends that to catalog systems in as few requests as their limits allow, and reports what became of every item.'

/** A command with the words that call it. */
interface Named extends Declaration {
  readonly words: string
}

/** assetsync(1), made from the declarations of all commands. The same declarations and version give the same page. */
export function manPage(declared: readonly Declared[], version: string): string {
  const commands = declared.flatMap(each => named(each))
  return `${[
    `.TH ASSETSYNC 1 "" "assetsync ${version}" "User Commands"`,
    '.nh\n.ad l',
    section('NAME', 'assetsync \\- push product images from feeds to catalog systems'),
    section('SYNOPSIS', `.B assetsync\n\\fIcommand\\fR [\\fIoption\\fR ...] [\\fIfeed\\fR ...]`),
    section('DESCRIPTION', `.B assetsync\n${roff(ABOUT)}`),
    section('COMMANDS', ...commands.map(commandBlock)),
    section('OPTIONS', ...optionBlocks(commands)),
    section('EXIT STATUS', ...exitCodeRows().map(([code, text]) => term(bold(code), text))),
    section(
      'ENVIRONMENT',
      `.PP\n${roff('Every option has a variable, its long name in capitals: --max-wait is ASSETSYNC_MAX_WAIT.')}`,
      ...SURROUNDINGS.map(([name, text]) => term(bold(name), text)),
      paragraph(IN_CONFIGS),
    ),
    section('FILES', ...CONFIG_FILES.split('\n\n').map(paragraph)),
  ].join('\n')}\n`
}

function named(declared: Declared): Named[] {
  if (!isFamily(declared)) return [{ ...declared, words: declared.name }]
  return declared.commands.map(command => ({ ...command, words: `${declared.name} ${command.name}` }))
}

function commandBlock({ words, summary, args = [], help }: Named): string {
  const { notes, examples } = paragraphsOf(help)
  const usage = [bold(`assetsync ${words}`), ...args.map(each => `\\fI${roff(each.words)}\\fR`)].join(' ')
  const about = args.map(each => ` ${each.words}: ${each.description}.`).join('')
  return [
    `.SS ${roff(words)}`,
    usage,
    paragraph(`${summary.charAt(0).toUpperCase()}${summary.slice(1)}.${about}`),
    ...notes.map(paragraph),
    ...(examples.length === 0 ? [] : [verbatim(examples)]),
  ].join('\n')
}

/** Every option once, with the commands that have it, under the headings of the help. */
function optionBlocks(commands: readonly Named[]): string[] {
  const users = new Map<string, { readonly option: Option; readonly words: string[] }>()
  for (const { words, options } of commands) {
    for (const option of options.filter(({ hidden }) => !hidden)) {
      const key = `${option.flags} ${option.description}`
      const known = users.get(key) ?? { option, words: [] }
      users.set(key, { option, words: [...known.words, words] })
    }
  }
  return [...Object.values(HEADINGS), undefined].flatMap(heading => {
    const some = [...users.values()].filter(({ option }) => option.helpGroupHeading === heading)
    const title = heading === undefined ? 'Others' : heading.replace(':', '')
    return [
      `.SS ${title}`,
      ...some.map(({ option, words }) => term(flags(option.flags), `${option.description} [${words.join(', ')}]`)),
    ]
  })
}
