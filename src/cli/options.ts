import { parseLimit } from '../engine/limit.ts'
import { InvalidArgumentError, Option } from './commander.ts'

/** One option of the command line; its environment variable is ASSETSYNC_ and its long name. */
function option(flags: string, description: string, parse?: (text: string, previous: unknown) => unknown): Option {
  const made = new Option(flags, description)
  return parse === undefined ? made : made.argParser(parse)
}

export const CONFIG = option('-c, --config <file>', 'the config file (default: the nearest .assetsyncrc, upwards)')
export const TARGET = option('-t, --target <name>', 'only this target (repeatable, or a comma list)', appendList)
export const SANDBOX = option('--sandbox', 'use the built-in emulators: no credentials, nothing leaves the machine')
export const STATE = option('--state <dir>', 'where the ledger lives (default: .assetsync beside the config)')

export const FEED: readonly Option[] = [
  option(
    '--preset <name>',
    'the platform that the feed is from, such as shopify; auto finds out, none guesses nothing',
  ),
  option('--code-column <column>', 'column or JSON path of the product code'),
  option(
    '--image-columns <columns>',
    'columns or JSON paths of the images, in rank order (image_*, images[].src)',
    list,
  ),
  option('--position-column <column>', 'long layout: the column that ranks the image of a record'),
  option('--separator <text>', 'what stands between the URLs of one cell'),
  option('--delimiter <character>', 'what stands between cells: , ; | tab (default: found out)'),
  option('--encoding <name>', 'character encoding of the feed (default: found out)'),
  option('--records <path>', 'JSON or XML: where the records are'),
  option('--image-base-url <url>', 'base of relative image paths'),
]

export const ONLY = option('--only <codes>', 'only these product codes (comma list)', list)

export const SELECTION: readonly Option[] = [
  option('--limit <n>', 'the first n products, the rest is not planned', whole),
  ONLY,
]

export const MAX_DELETE = option(
  '--max-delete <n|n%>',
  'withhold deletions beyond this share of what this source had (default: 10%)',
  limit,
)

export const PLANNING: readonly Option[] = [
  option('--full', 'send unchanged items too'),
  option('--prune', 'remove from targets what this source no longer has'),
  MAX_DELETE,
  option('--max-create <n>', 'refuse a plan that creates more items than this', whole),
  option('--allow-shrink', 'accept a feed far smaller than the last one'),
]

export const TIMEOUT = option('--timeout <s>', 'seconds for one request with its answer (default: 30)', patience)

export const SENDING: readonly Option[] = [
  option('--max-failures <n|n%>', 'stop a target when more items than this fail', limit),
  option('--concurrency <n>', 'requests under way at once, per target (default: 4)'),
  option('--rate <n/s|n/min|off>', "request starts per time (default: the vendor's limit)"),
  option('--batch-size <n>', "items of one request (default: the vendor's limit)"),
  TIMEOUT,
  option('--retries <n>', 'retries of one request (default: 4)'),
  option('--max-wait <s>', 'seconds that throttling may last (default: 300)'),
  option('--lock-wait <s>', 'seconds to wait for another run on the same ledger (default: 0)', seconds),
]

/** What decides about the forecast of a plan. */
export const FORECASTING: readonly Option[] = SENDING.filter(({ long }) =>
  ['--rate', '--batch-size', '--timeout'].includes(long ?? ''),
)

export const REJECTS = option(
  '--rejects <file>',
  'write refused records there, as they came, with reason and fix, to be corrected and fed back',
)

export const OUTPUT: readonly Option[] = [
  option('-f, --format <format>', 'what goes to stdout: table, json, ndjson (default: table)'),
  option('--report <file>', 'write a report too; .json or .ndjson (repeatable)', append),
  option('-q, --quiet', 'say nothing when all is well'),
  option('-v, --verbose', 'list every item and show every request'),
  option('--no-progress', 'no progress display'),
  option('--no-color', 'no colours'),
]

export const PORT = option('--port <n>', 'port on 127.0.0.1 (default: any free one)', whole)
export const FAULT = option('--fault <target:fault[:rate]>', 'misbehave on purpose (repeatable)', append)
export const KEEP = option(
  '--state <dir>',
  'keep the contents in <dir>/sandbox, as push --sandbox does (default: in memory)',
)
export const REFUSE_ABOVE = option('--rate <n/s|n/min>', 'answer requests beyond this rate with 429')
export const DRY_RUN = option('-n, --dry-run', 'the same as plan')
export const DETAILED = option('--detailed-exitcode', 'exit with 10 when there are changes')

export const JSON_OUTPUT = option('--json', 'as JSON')
export const INIT: readonly Option[] = [
  option('-t, --target <type>', 'type of a target to write into it (repeatable, or a comma list)', appendList),
  option('--feed <feed>', 'feed to read: a file or a glob, relative to the config (repeatable)', append),
  option('--file <file>', 'file to write (default: .assetsyncrc)'),
]

function append(text: string, previous: unknown): string[] {
  return [...(Array.isArray(previous) ? previous : []), text]
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

function seconds(text: string): number {
  if (!/^\d{1,6}(\.\d+)?$/.test(text)) throw new InvalidArgumentError('Expected a number of seconds.')
  return Number(text)
}

function patience(text: string): number {
  if (seconds(text) === 0) throw new InvalidArgumentError('Expected more than 0 seconds.')
  return seconds(text)
}

function limit(text: string) {
  const parsed = parseLimit(text)
  if (parsed === undefined) throw new InvalidArgumentError('Expected a number of items, or a percentage such as 5%.')
  return parsed
}
