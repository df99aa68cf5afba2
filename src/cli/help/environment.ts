import type { Option } from '../commander.ts'
import { type Declared, isFamily } from '../declarations/declaration.ts'
import { variableOf } from '../environment.ts'
import { columns } from './columns.ts'
import { fill } from './paragraphs.ts'

type Row = readonly [string, string]

/** What is read besides the options. */
export const SURROUNDINGS: readonly Row[] = [
  ['NO_COLOR', 'No colours, when it is not empty.'],
  ['FORCE_COLOR', 'Colours also where there is no terminal, unless it is 0. NO_COLOR wins.'],
  ['TERM', 'No colours when it is "dumb".'],
  ['LC_ALL, LC_CTYPE, LANG', 'Symbols are ASCII where the locale is not UTF-8.'],
  ['CI', 'No live display, when it is not empty; a line every 10 s instead.'],
  [
    'GITHUB_ACTIONS',
    'When it is "true": annotations, a job summary (GITHUB_STEP_SUMMARY) and step outputs (GITHUB_OUTPUT) are written too.',
  ],
  ['GITHUB_WORKSPACE, CI_PROJECT_DIR', 'The checkout, which paths for GitHub and GitLab count from.'],
  ['HTTP_PROXY, HTTPS_PROXY', 'The proxy for http and https addresses, as http://host:port. Lower case wins.'],
  ['NO_PROXY', 'Hosts that are asked without a proxy, separated by commas.'],
  ['NODE_EXTRA_CA_CERTS', 'A file of certificate authorities that Node.js trusts besides its own (PEM).'],
  ['SSL_CERT_FILE, SSL_CERT_DIR', 'The authorities that are trusted, when Node.js runs with --use-openssl-ca.'],
  ['XDG_CONFIG_HOME', "Where the user's own config lies (default: ~/.config): assetsync/config.yaml in it."],
  ['TMPDIR', 'Where temporary files are made.'],
  ['NODE_DISABLE_COMPILE_CACHE', 'Node.js 22.8 and later keep compiled code to start faster; 1 ends that.'],
]

const INTRODUCTION = `Every option has a variable. An option on the command line wins over its variable, the variable over the config. Flags take 1 or 0; for --no-color and --no-progress, 0 is what the option says, and so is 1 in ASSETSYNC_NO_COLOR and ASSETSYNC_NO_PROGRESS.`

/** How variables come into a config. */
export const IN_CONFIGS =
  'In a config, $' +
  '{NAME} takes the variable NAME, which must be set and not empty. That is how passwords and tokens come in: they are neither written there nor given on the command line. $$' +
  '{ is a literal $' +
  '{.'

/** assetsync help environment */
export function environment(commands: readonly Declared[], width: number): string {
  const paragraphs = [
    `Options:\n${columns(variableRows(commands), width)}`,
    `Surroundings:\n${columns(SURROUNDINGS, width)}`,
    fill(IN_CONFIGS, width),
  ]
  return `${[fill(INTRODUCTION, width), ...paragraphs].join('\n\n')}\n`
}

/** Every ASSETSYNC_* variable with what its option says, each once. */
export function variableRows(commands: readonly Declared[]): readonly Row[] {
  const rows = new Map<string, string>()
  for (const option of commands.flatMap(optionsOf)) {
    const variable = variableOf(option)
    if (!option.hidden && !rows.has(variable)) rows.set(variable, describe(option))
  }
  return [...rows].toSorted(([a], [b]) => (a < b ? -1 : 1))
}

function optionsOf(declared: Declared): readonly Option[] {
  return isFamily(declared) ? declared.commands.flatMap(({ options }) => options) : declared.options
}

function describe({ description, negate }: Option): string {
  return negate ? `0: ${description}` : description
}
