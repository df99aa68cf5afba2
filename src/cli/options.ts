import { parseLimit } from '../engine/limit.ts'
import { parseRate } from '../model/rate.ts'
import { InvalidArgumentError, Option } from './commander.ts'

/** One option of the command line; its environment variable is ASSETSYNC_ and its long name. */
function option(flags: string, description: string, parse?: (text: string, previous: unknown) => unknown): Option {
  const made = new Option(flags, description)
  return parse === undefined ? made : made.argParser(parse)
}

/** What an option is about; the help shows options under these headings, in this order. */
export const HEADINGS = {
  run: 'Targets and run:',
  output: 'Output:',
  planning: 'What is sent:',
  feed: 'Feed:',
  requests: 'Requests:',
  files: 'Config and ledger:',
} as const

function under<Some extends readonly Option[]>(heading: keyof typeof HEADINGS, ...options: Some): Some {
  for (const each of options) each.helpGroup(HEADINGS[heading])
  return options
}

export const CONFIG = option('-c, --config <file>', 'the config file (default: the nearest .assetsyncrc, upwards)')
export const TARGET = option('-t, --target <name>', 'only this target (repeatable, or a comma list)', appendList)
export const SANDBOX = option('--sandbox', 'use the built-in emulators: no credentials, nothing leaves the machine')
export const STATE = option('--state <dir>', 'where the ledger lives (default: .assetsync beside the config)')
under('run', TARGET, SANDBOX)
under('files', CONFIG, STATE)

export const FEED: readonly Option[] = under(
  'feed',
  option(
    '--preset <name>',
    'the platform that the feed is from, such as shopify; auto finds out, none guesses nothing',
  ),
  option('--code-column <column>', 'column or JSON path of the product code', some),
  option(
    '--image-columns <columns>',
    'columns or JSON paths of the images, in rank order (image_*, images[].src)',
    list,
  ),
  option('--position-column <column>', 'long layout: the column that ranks the image of a record', some),
  option('--separator <text>', 'what stands between the URLs of one cell', some),
  option('--delimiter <character>', 'what stands between cells: , ; | tab (default: found out)', delimiter),
  option('--encoding <name>', 'character encoding of the feed (default: found out)', encoding),
  option('--records <path>', 'JSON or XML: where the records are', some),
  option('--image-base-url <url>', 'base of relative image paths', address),
)

export const ONLY = option('--only <codes>', 'only these product codes (comma list)', list)
under('run', ONLY)

export const SELECTION: readonly Option[] = under(
  'run',
  option('--limit <n>', 'the first n products, the rest is not planned', positive),
  ONLY,
)

export const MAX_DELETE = option(
  '--max-delete <n|n%>',
  'withhold deletions beyond this share of what this source had (default: 10%)',
  limit,
)

export const MAX_CREATE = option('--max-create <n>', 'refuse a plan that creates more items than this', whole)
export const ALLOW_SHRINK = option('--allow-shrink', 'accept a feed far smaller than the last one')

export const PLANNING: readonly Option[] = under(
  'planning',
  option('--full', 'send unchanged items too'),
  option('--prune', 'remove from targets what this source no longer has'),
  MAX_DELETE,
  MAX_CREATE,
  ALLOW_SHRINK,
)

export const TIMEOUT = option('--timeout <s>', 'seconds for one request with its answer (default: 30)', patience)

const MAX_FAILURES = option('--max-failures <n|n%>', 'stop a target when more items than this fail', limit)
const LOCK_WAIT = option('--lock-wait <s>', 'seconds to wait for another run on the same ledger (default: 0)', seconds)

export const SENDING: readonly Option[] = under(
  'requests',
  MAX_FAILURES,
  option('--concurrency <n>', 'requests under way at once, per target (default: 4)', positive),
  option('--rate <n/s|n/min|off>', "request starts per time (default: the vendor's limit)", rate),
  option('--batch-size <n>', "items of one request (default: the vendor's limit)", positive),
  TIMEOUT,
  option('--retries <n>', 'retries of one request (default: 4)', retries),
  option('--max-wait <s>', 'seconds that throttling may last (default: 300)', wait),
  LOCK_WAIT,
)
under('planning', MAX_FAILURES)
under('files', LOCK_WAIT)

/** Options that are keys of every target in the config. */
export const SETTINGS: readonly Option[] = SENDING.filter(({ long }) =>
  ['--concurrency', '--rate', '--batch-size', '--timeout', '--retries', '--max-wait'].includes(long ?? ''),
)

/** What decides about the forecast of a plan. */
export const FORECASTING: readonly Option[] = SENDING.filter(({ long }) =>
  ['--rate', '--batch-size', '--timeout'].includes(long ?? ''),
)

export const REJECTS = option(
  '--rejects <file>',
  'write refused records there, as they came, with reason and fix, to be corrected and fed back',
)

export const OUTPUT: readonly Option[] = under(
  'output',
  option(
    '-f, --format <format>',
    'what goes to stdout: table, json, ndjson, csv, junit, html, markdown, code-quality (default: table)',
  ),
  option(
    '--report <file>',
    'write a report too, its format by the extension: .json .ndjson .csv .xml (JUnit) .html .md .codequality.json (repeatable)',
    appendFile,
  ),
  option('-q, --quiet', 'say nothing when all is well'),
  option('-v, --verbose', 'list every item and show every request'),
  option('--no-progress', 'no progress display'),
  option('--no-color', 'no colours'),
)
under('feed', REJECTS)

export const PORT = option('--port <n>', 'port on 127.0.0.1 (default: any free one)', whole)
export const FAULT = option('--fault <target:fault[:rate]>', 'misbehave on purpose (repeatable)', append)
export const KEEP = option(
  '--state <dir>',
  'keep the contents in <dir>/sandbox, as push --sandbox does (default: in memory)',
)
export const REFUSE_ABOVE = option('--rate <n/s|n/min>', 'answer requests beyond this rate with 429', rate)
export const DRY_RUN = option('-n, --dry-run', 'the same as plan')
export const OUT = option('--out <file>', 'save the plan there, to be applied with push --plan')
export const PLAN = option('--plan <file>', 'apply exactly this saved plan; no feed is read (- is standard input)')
export const DETAILED = option('--detailed-exitcode', 'exit with 10 when there are changes')
under('run', DRY_RUN, PLAN, DETAILED)
under('output', OUT)

export const JSON_OUTPUT = option('--json', 'as JSON')
export const SHOW_ORIGIN = option('--show-origin', 'say for every value where it is from')
under('output', SHOW_ORIGIN, JSON_OUTPUT)

/** The scripts for shells call the program with it. */
export const VALUES = option('--values <kind>', 'what can be completed: targets or runs').hideHelp()

export const INIT: readonly Option[] = [
  option('-t, --target <type>', 'type of a target to write into it (repeatable, or a comma list)', appendList),
  option('--feed <feed>', 'feed to read: a file or a glob, relative to the config (repeatable)', append),
  option('--file <file>', 'file to write (default: .assetsyncrc)'),
]

/** As in a config. */
const DAY = 86_400
const MOST_RETRIES = 100

function append(text: string, previous: unknown): string[] {
  return [...(Array.isArray(previous) ? previous : []), text]
}

function appendFile(text: string, previous: unknown): string[] {
  if (text === '-') throw new InvalidArgumentError('Standard output has the result already, and -f picks its format.')
  return append(text, previous)
}

function list(text: string): string[] {
  const names = text.split(',').map(name => name.trim())
  if (names.includes('')) throw new InvalidArgumentError('Expected names separated by commas.')
  return names
}

function appendList(text: string, previous: unknown): string[] {
  return [...(Array.isArray(previous) ? previous : []), ...list(text)]
}

function whole(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('Expected a whole number.')
  return Number(text)
}

function positive(text: string): number {
  if (whole(text) === 0) throw new InvalidArgumentError('Expected a whole number above 0.')
  return Number(text)
}

function retries(text: string): number {
  if (!/^\d{1,3}$/.test(text) || Number(text) > MOST_RETRIES) {
    throw new InvalidArgumentError(`Expected a whole number up to ${MOST_RETRIES}.`)
  }
  return Number(text)
}

function seconds(text: string): number {
  if (!/^\d{1,6}(\.\d+)?$/.test(text)) throw new InvalidArgumentError('Expected a number of seconds.')
  return Number(text)
}

function patience(text: string): number {
  if (wait(text) === 0) throw new InvalidArgumentError('Expected more than 0 seconds.')
  return wait(text)
}

function wait(text: string): number {
  if (seconds(text) > DAY) throw new InvalidArgumentError(`Expected at most ${DAY} seconds.`)
  return seconds(text)
}

/** Kept as text: the config has rates as text too. */
function rate(text: string): string {
  if (parseRate(text) !== undefined) return text
  const count = /^[1-9]\d{0,6}$/.test(text) ? text : '60'
  throw new InvalidArgumentError(`Expected ${count}/min, 1/s or off.`)
}

function some(text: string): string {
  if (text === '') throw new InvalidArgumentError('Expected something.')
  return text
}

function delimiter(text: string): string {
  if (/^([^"\r\n]|tab|\\t|auto)$/u.test(text)) return text
  throw new InvalidArgumentError('Expected one character, tab or auto.')
}

function encoding(text: string): string {
  try {
    return text === 'auto' || new TextDecoder(text).encoding !== '' ? text : ''
  } catch {
    throw new InvalidArgumentError('Expected the name of an encoding, such as utf-8 or windows-1252, or auto.')
  }
}

function address(text: string): string {
  if (/^https?:/i.test(text) && URL.canParse(text)) return text
  throw new InvalidArgumentError('Expected a complete http or https address.')
}

function limit(text: string) {
  const parsed = parseLimit(text)
  if (parsed === undefined) throw new InvalidArgumentError('Expected a number of items, or a percentage such as 5%.')
  return parsed
}
