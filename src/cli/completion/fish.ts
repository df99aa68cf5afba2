import { type FixedValues, isLookedUp, type Kind } from './kind.ts'
import type { CompletedCommand, CompletedOption } from './model.ts'

/** The script for fish 3 and later. */
export function fishScript(
  commands: readonly CompletedCommand[],
  summaries: ReadonlyMap<string, string>,
  values: FixedValues,
): string {
  const firstWords = [...new Set(commands.map(({ path }) => path[0] ?? ''))]
  const starts = firstWords.map(
    word => `complete -c assetsync -n __fish_use_subcommand -a ${word} -d ${quoted(summaries.get(word) ?? '')}`,
  )
  return `# fish completion of assetsync, written by: assetsync completion fish
function __assetsync_look_up
    set -l words (commandline -opc)
    command $words[1] completion --values $argv[1] -- (string join \\n -- $words[2..-1] | string collect) 2>/dev/null
end

complete -c assetsync -f
complete -c assetsync -n __fish_use_subcommand -s h -l help -d 'this help'
complete -c assetsync -n __fish_use_subcommand -s V -l version -d 'print the version'
${starts.join('\n')}
${commands.flatMap(command => linesOf(command, commands, values)).join('\n')}
`
}

function linesOf(command: CompletedCommand, all: readonly CompletedCommand[], values: FixedValues): string[] {
  const { path, summary, options, args } = command
  const here = condition(path)
  const members = all.filter(other => other.path[0] === path[0]).map(other => other.path[1] ?? '')
  const member =
    path.length === 1
      ? []
      : [
          `complete -c assetsync -n ${quoted(`__fish_seen_subcommand_from ${path[0]}; and not __fish_seen_subcommand_from ${members.join(' ')}`)} -a ${path[1]} -d ${quoted(summary)}`,
        ]
  const offered = args.map((kind, at) => {
    const words = argumentOf(kind, values)
    const place = at === 0 ? here : condition(path, `test (count (commandline -opc)) -gt ${path.length + at}`)
    return words === '' ? '' : `complete -c assetsync -n ${place}${words}`
  })
  return [
    ...member,
    ...offered.filter(line => line !== ''),
    ...options.map(option => `complete -c assetsync -n ${here}${flagsOf(option, values)}`),
  ]
}

function condition(path: readonly string[], ...more: readonly string[]): string {
  return quoted([...path.map(word => `__fish_seen_subcommand_from ${word}`), ...more].join('; and '))
}

function flagsOf({ short, long, description, value }: CompletedOption, values: FixedValues): string {
  const letter = short === null ? '' : ` -s ${short.slice(1)}`
  const taken = value === null ? '' : ` -r${value === 'none' ? ' -f' : argumentOf(value, values)}`
  return `${letter} -l ${long.slice(2)}${taken} -d ${quoted(description)}`
}

function argumentOf(kind: Kind, values: FixedValues): string {
  if (kind === 'none') return ''
  if (kind === 'file') return ' -F'
  if (kind === 'folder') return ` -f -a '(__fish_complete_directories)'`
  return ` -f -a ${quoted(isLookedUp(kind) ? `(__assetsync_look_up ${kind})` : values[kind].join(' '))}`
}

function quoted(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`
}
