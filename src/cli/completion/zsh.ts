import { type FixedValues, isLookedUp, type Kind } from './kind.ts'
import type { CompletedCommand, CompletedOption } from './model.ts'

/** The script for zsh, to be sourced after compinit or put into a folder of $fpath as _assetsync. */
export function zshScript(
  commands: readonly CompletedCommand[],
  summaries: ReadonlyMap<string, string>,
  values: FixedValues,
): string {
  const firstWords = [...new Set(commands.map(({ path }) => path[0] ?? ''))]
  return `#compdef assetsync
# zsh completion of assetsync, written by: assetsync completion zsh
_assetsync() {
  local curcontext=$curcontext context state state_descr line program=$words[1]
  local -a all=("\${words[@]:1}")
  typeset -A opt_args
  # options may stand before the command too; what follows it is left to the command
  _arguments -C -A '-*' '(- *)'{-h,--help}'[this help]' '(- *)'{-V,--version}'[print the version]' \\
    ${leading(commands)
      .map(option => optionSpec(option, values))
      .join(' \\\n    ')} \\
    '1:command:->command' '*::argument:->rest'
  case $state in
    command) ${describe(
      'command',
      firstWords.map(word => [word, summaries.get(word) ?? '']),
    )} ;;
    rest)
      case $line[1] in
${firstWords.map(word => branch(word, commands, values)).join('\n')}
      esac
      ;;
  esac
}

_assetsync_look_up() {
  local -a found=(\${(f)"$($program completion --values $1 -- "\${(F)all}" 2>/dev/null)"})
  compadd -a found
}

if [[ \${funcstack[1]} == _assetsync ]]; then _assetsync "$@"; else compdef _assetsync assetsync; fi
`
}

/** Every option of any command but help, as the first command with it has it. */
function leading(commands: readonly CompletedCommand[]): readonly CompletedOption[] {
  const options = commands.flatMap(command => command.options)
  return options.filter(({ long }, at) => long !== '--help' && options.findIndex(each => each.long === long) === at)
}

function branch(word: string, commands: readonly CompletedCommand[], values: FixedValues): string {
  const own = commands.filter(({ path }) => path[0] === word)
  const [only] = own
  if (only !== undefined && only.path.length === 1) return `        ${word})\n${specs(only, values)} ;;`
  const members = own.map(command => `            ${command.path[1]})\n${specs(command, values)} ;;`)
  const words = own.map(({ path, summary }) => [path[1] ?? '', summary] as const)
  return `        ${word})
          _arguments -C '(- *)'{-h,--help}'[this help]' '1:command:->member' '*::argument:->member_rest'
          case $state in
            member) ${describe('command', words)} ;;
            member_rest)
              case $line[1] in
${members.join('\n')}
              esac
              ;;
          esac
          ;;`
}

function describe(what: string, rows: readonly (readonly [string, string])[]): string {
  const entries = rows.map(([name, summary]) => quoted(`${name}:${summary}`))
  return `local -a known=(${entries.join(' ')}); _describe ${what} known`
}

function specs({ options, args }: CompletedCommand, values: FixedValues): string {
  const positions = args.map((kind, at) => {
    const place = at === args.length - 1 ? '*' : at + 1
    return quoted(`${place}:argument:${action(kind, values)}`)
  })
  const lines = [...options.map(option => optionSpec(option, values)), ...positions]
  return `          _arguments \\\n            ${lines.join(' \\\n            ')}`
}

function optionSpec({ short, long, description, value, repeatable }: CompletedOption, values: FixedValues): string {
  const text = `[${description.replace(/[\\[\]]/g, '\\$&')}]`
  const tail = value === null ? text : `${text}:value:${action(value, values)}`
  if (repeatable) return short === null ? quoted(`*${long}${tail}`) : `'*'{${short},${long}}${quoted(tail)}`
  return short === null ? quoted(`${long}${tail}`) : `'(${short} ${long})'{${short},${long}}${quoted(tail)}`
}

function action(kind: Kind, values: FixedValues): string {
  if (kind === 'none') return ' '
  if (kind === 'file') return '_files'
  if (kind === 'folder') return '_files -/'
  return isLookedUp(kind) ? `{_assetsync_look_up ${kind}}` : `(${values[kind].join(' ')})`
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}
