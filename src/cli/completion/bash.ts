import { type FixedValues, isLookedUp, type Kind } from './kind.ts'
import type { CompletedCommand, CompletedOption } from './model.ts'

/** The script for bash 3.2 and later. It needs nothing but bash. */
export function bashScript(commands: readonly CompletedCommand[], values: FixedValues): string {
  const firstWords = [...new Set(commands.map(({ path }) => path[0] ?? ''))]
  const families = firstWords.filter(word => commands.some(({ path }) => path[0] === word && path.length > 1))
  return `# bash completion of assetsync, written by: assetsync completion bash
_assetsync() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD - 1]} command= kind= flags= argument=none given=0 at
  # "--format=json" arrives as three words
  if [[ $cur == = ]]; then cur=; elif [[ $prev == = ]]; then prev=\${COMP_WORDS[COMP_CWORD - 2]}; fi
  for ((at = 1; at < COMP_CWORD; at++)); do
    case "$command \${COMP_WORDS[at]}" in
      ${commandPatterns(commands, families)}) command="\${command:+$command }\${COMP_WORDS[at]}" given=0 ;;
      *\\ -*) ;;
      *) given=$((given + 1)) ;;
    esac
  done
  case $command in
    '') flags='--help --version' argument='words ${firstWords.join(' ')}' ;;
${families.map(family => `    '${family}') flags='--help' argument='words ${secondWords(commands, family)}' ;;`).join('\n')}
${commands.map(command => branch(command, values)).join('\n')}
  esac
  if [[ -z $kind ]]; then
    if [[ $cur == -* ]]; then kind="words $flags"; else kind=$argument; fi
  fi
  _assetsync_values "$kind"
}

_assetsync_values() {
  local IFS=$' \\t\\n' before= words word
  COMPREPLY=()
  case $1 in
    none) return ;;
    file | folder)
      compopt -o filenames 2>/dev/null
      while IFS= read -r word; do COMPREPLY+=("$word"); done < <(compgen -A "\${1/folder/directory}" -- "$cur")
      return
      ;;
    words\\ *) words=\${1#words } ;;
    *) words=$("\${COMP_WORDS[0]}" completion --values "$1" -- "$(printf '%s\\n' "\${COMP_WORDS[@]:1}")" 2>/dev/null) ;;
  esac
  # of a comma list the last name is completed
  [[ $cur == *,* ]] && before=\${cur%,*},
  while IFS= read -r word; do COMPREPLY+=("$word"); done < <(compgen -P "$before" -W "$words" -- "\${cur#"$before"}")
}

complete -F _assetsync assetsync
`
}

function commandPatterns(commands: readonly CompletedCommand[], families: readonly string[]): string {
  const patterns = [
    ...families.map(family => `' ${family}'`),
    ...commands.map(({ path }) => `'${path.length === 1 ? ` ${path[0]}` : path.join(' ')}'`),
  ]
  return patterns.join(' | ')
}

function secondWords(commands: readonly CompletedCommand[], family: string): string {
  return commands
    .filter(({ path }) => path[0] === family)
    .map(({ path }) => path[1])
    .join(' ')
}

function branch({ path, options, args }: CompletedCommand, values: FixedValues): string {
  const kinds = new Map<string, string[]>()
  for (const option of options) {
    if (option.value === null) continue
    const kind = shellKind(option.value, values)
    kinds.set(kind, [...(kinds.get(kind) ?? []), ...flagsOf(option)])
  }
  const cases = [...kinds].map(([kind, flags]) => `        ${flags.join(' | ')}) kind='${kind}' ;;`)
  const flags = options.map(({ long }) => long).join(' ')
  return [
    `    '${path.join(' ')}')`,
    `      flags='${flags}'`,
    ...args.map((kind, at) => `      ${at === 0 ? '' : `((given >= ${at})) && `}argument='${shellKind(kind, values)}'`),
    ...(cases.length === 0 ? [] : ['      case $prev in', ...cases, '      esac']),
    '      ;;',
  ].join('\n')
}

function flagsOf({ short, long }: CompletedOption): string[] {
  return short === null ? [long] : [short, long]
}

function shellKind(kind: Kind, values: FixedValues): string {
  if (kind === 'none' || kind === 'file' || kind === 'folder' || isLookedUp(kind)) return kind
  return `words ${values[kind].join(' ')}`
}
