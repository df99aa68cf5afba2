import type { Limit } from '../engine/limit.ts'
import { EXIT } from '../model/exit.ts'
import type { Report } from '../model/report.ts'
import { adviceOn, type Remedy } from '../reporters/reasons.ts'
import type { Opened } from '../sync/request.ts'
import type { Options } from './command.ts'
import { commandLine } from './next-command.ts'
import { CONFIG, FEED, PLANNING, REJECTS, SANDBOX, SELECTION, SENDING, STATE, TARGET } from './options.ts'
import { textsOf } from './values.ts'

/** The call that made the report, as it was typed. */
export interface Typed {
  /** Empty: those of the config. Null: no command could name the feed that the run was about. */
  readonly feeds: readonly string[] | null
  readonly options: Options
}

/** More items are not all listed by the table. */
const LISTED = 50
const SAME_LEDGER = [CONFIG, TARGET, SANDBOX, STATE]
const SAME_FEED = [CONFIG, TARGET, SANDBOX, ...SELECTION, ...FEED]
const SAME_PUSH = [CONFIG, TARGET, SANDBOX, ...PLANNING, ...SELECTION, ...SENDING, STATE, ...FEED, REJECTS]

/** The report with the commands that come next and where the whole of it lies. */
export function withNextSteps({ document, close }: Opened<Report>, typed: Typed): Opened<Report> {
  return { document: { ...document, next: nextSteps(document, typed), full: whereInFull(document, typed) }, close }
}

/** One command per kind of trouble at most, in the order in which they are best typed. */
function nextSteps(report: Report, { feeds, options }: Typed): readonly string[] {
  const remedies = remediesOf(report)
  const steps: string[] = []
  if (remedies.has('reconcile')) steps.push(commandLine('reconcile', [], options, SAME_LEDGER))
  if (remedies.has('allow-shrink')) {
    if (feeds !== null) steps.push(commandLine('push', feeds, { ...writable(options), allowShrink: true }, SAME_PUSH))
  } else if (remedies.has('retry')) steps.push(commandLine('retry', [report.run.id], options, SAME_LEDGER))
  else if (remedies.has('push') && feeds !== null) steps.push(commandLine('push', feeds, writable(options), SAME_PUSH))
  if (feeds !== null && has(report, 'rejected') && report.feed.files.length > 0 && options.rejects === undefined) {
    const rejects = report.feed.files.every(isTable) ? 'rejects.csv' : 'rejects.ndjson'
    steps.push(commandLine('check', feeds, { ...options, rejects }, [...SAME_FEED, REJECTS]))
  }
  return steps
}

/** What the reasons of unfinished items ask for. Those of rejected ones have a command of their own. */
function remediesOf(report: Report): ReadonlySet<Remedy> {
  const remedies = new Set<Remedy>(has(report, 'unknown') ? ['reconcile'] : [])
  if (!has(report, 'failed') && !has(report, 'skipped')) {
    // Held back, and not an item of it: the feed has shrunk, and what is left of it is as it was.
    return report.exitCode === EXIT.limit ? remedies.add('allow-shrink') : remedies
  }
  for (const { status, reason } of report.outcomes()) {
    if (status === 'failed' || status === 'skipped') remedies.add(adviceOn(reason)?.remedy ?? 'retry')
  }
  return remedies
}

function has({ targets }: Report, status: 'failed' | 'rejected' | 'skipped' | 'unknown'): boolean {
  return targets.some(({ totals }) => totals[status] > 0)
}

/** Only tables can be handed back as tables. */
function isTable(file: string): boolean {
  return /\.(csv|tsv|txt)(\.gz)?$/i.test(file)
}

function whereInFull({ run, targets }: Report, { options }: Typed): readonly string[] {
  const files = textsOf(options.report)
  if (files.length > 0) return files
  const items = targets.reduce((sum, target) => sum + target.items, 0)
  if (items <= LISTED || options.verbose === true) return []
  return [commandLine('report', [run.id], options, [CONFIG, SANDBOX, STATE])]
}

/** Limits are numbers by now, or shares. */
function writable(options: Options): Options {
  const limit = (value: unknown): unknown => {
    if (value === undefined) return undefined
    const { amount, percent } = value as Limit // parsed by the option itself
    return percent ? `${amount}%` : String(amount)
  }
  return { ...options, maxDelete: limit(options.maxDelete), maxFailures: limit(options.maxFailures) }
}
