import { neededCreates } from '../engine/guards.ts'
import type { Limit } from '../engine/limit.ts'
import { SETTLE_WINDOW_MS } from '../engine/settle-window.ts'
import { EXIT } from '../model/exit.ts'
import type { Report } from '../model/report.ts'
import { adviceOn, type Remedy } from '../reporters/reasons.ts'
import type { Opened } from '../sync/request.ts'
import type { Options } from './command.ts'
import { commandLine } from './next-command.ts'
import {
  ALLOW_SHRINK,
  CONFIG,
  FEED,
  MAX_CREATE,
  MAX_DELETE,
  ONLY,
  PLAN,
  PLANNING,
  REJECTS,
  SANDBOX,
  SELECTION,
  SENDING,
  STATE,
  TARGET,
} from './options.ts'
import { textsOf } from './values.ts'

/** The call that made the report, as it was typed. */
export interface Typed {
  /** Empty: those of the config. Null: no command could name the feed that the run was about. */
  readonly feeds: readonly string[] | null
  readonly options: Options
  /** Whether the options that made the plan were those of another call, so that only the journal knows it. Default: false. */
  readonly fromJournal?: boolean
}

/** More items are not all listed by the table. */
const LISTED = 50
const SAME_LEDGER = [CONFIG, TARGET, SANDBOX, STATE]
const SAME_RETRY = [CONFIG, TARGET, SANDBOX, ONLY, MAX_DELETE, MAX_CREATE, ALLOW_SHRINK, STATE]
const SAME_PLAN = [CONFIG, TARGET, SANDBOX, PLAN, MAX_DELETE, MAX_CREATE, ALLOW_SHRINK, ...SENDING, STATE]
const SAME_FEED = [CONFIG, TARGET, SANDBOX, ...SELECTION, ...FEED]
const SAME_PUSH = [CONFIG, TARGET, SANDBOX, ...PLANNING, ...SELECTION, ...SENDING, STATE, ...FEED, REJECTS]

/**
 * What is put right in the config. With another address or account it is another target, which a retry, from the journal, knows
 * nothing of.
 */
const IN_THE_CONFIG = new Set([
  'unreachable',
  'host-unknown',
  'tls-failed',
  'certificate-refused',
  'target-refused',
  'answer-unreadable',
  'credentials-refused',
  'option-refused',
  'access-refused',
])

/** The report with the commands that come next and where the whole of it lies. */
export function withNextSteps({ document, close }: Opened<Report>, typed: Typed): Opened<Report> {
  const notices = [...document.notices, ...whenToAsk(document)]
  const next = nextSteps(document, typed)
  return { document: { ...document, notices, next, full: whereInFull(document, typed) }, close }
}

/** One command per kind of trouble at most, in the order in which they are best typed. */
function nextSteps(report: Report, typed: Typed): readonly string[] {
  const { feeds, options } = typed
  const trouble = troubleOf(report)
  const steps: string[] = []
  if (trouble.remedies.has('reconcile')) steps.push(commandLine('reconcile', [], options, SAME_LEDGER))
  const sending = nextSending(report, trouble, typed)
  if (sending !== null) steps.push(sending)
  if (feeds !== null && has(report, 'rejected') && report.feed.files.length > 0 && options.rejects === undefined) {
    const rejects = report.feed.files.every(isTable) ? 'rejects.csv' : 'rejects.ndjson'
    steps.push(commandLine('check', feeds, { ...options, rejects }, [...SAME_FEED, REJECTS]))
  }
  return steps
}

/**
 * A push does all that a retry does, but only a retry knows the deletions of its run, and what was planned with options that are
 * not known any more.
 */
function nextSending({ run }: Report, trouble: Trouble, { feeds, options, fromJournal = false }: Typed): string | null {
  const { remedies, isUnfinished, creates, deletes, isWaiting, isInTheConfig } = trouble
  const fitting = { ...writable(options), ...limitsFor(trouble) }
  const push = (more: Options = {}) => feeds && commandLine('push', feeds, { ...fitting, ...more }, SAME_PUSH)
  const retry = (more: Options = {}) => commandLine('retry', [run.id], { ...fitting, ...more }, SAME_RETRY)
  const apply = (more: Options = {}) =>
    isFile(options.plan) ? commandLine('push', [], { ...fitting, ...more }, SAME_PLAN) : null
  if (remedies.has('allow-shrink')) {
    const allowed = { allowShrink: true }
    return push(allowed) ?? apply(allowed) ?? (isUnfinished ? retry(allowed) : null)
  }
  if (creates > 0 && apply() !== null) return apply() // nothing of it was sent
  const isRetry = (fromJournal || run.command === 'retry') && (creates + deletes > 0 || isWaiting)
  const isPush = feeds !== null && !isRetry && ((isInTheConfig && !fromJournal) || !remedies.has('retry'))
  if (isPush && remedies.has('push')) return push()
  return remedies.has('retry') || isRetry ? retry() : null
}

/** A saved plan that can be read once more. */
function isFile(plan: unknown): boolean {
  return typeof plan === 'string' && plan !== '-'
}

/** What the unfinished items ask for. Rejected ones have a command of their own. */
interface Trouble {
  readonly remedies: ReadonlySet<Remedy>
  readonly isUnfinished: boolean
  readonly isInTheConfig: boolean
  /** The --max-create that the plan needs; 0: nothing was held back by it. */
  readonly creates: number
  /** Items that --max-delete held back, of the target that has most of them. */
  readonly deletes: number
  /** Removals wait for what has not arrived. */
  readonly isWaiting: boolean
}

function troubleOf(report: Report): Trouble {
  const remedies = new Set<Remedy>()
  const creates = new Map<string, number>()
  const deletes = new Map<string, number>()
  let isInTheConfig = false
  let isWaiting = false
  if (has(report, 'unknown') && report.run.command !== 'reconcile') remedies.add('reconcile')
  const isUnfinished = has(report, 'failed') || has(report, 'skipped')
  // Held back, and not an item of it: the feed has shrunk, and what is left of it is as it was.
  if (!isUnfinished && report.exitCode === EXIT.limit) remedies.add('allow-shrink')
  let needed: number | null = null
  for (const { status, reason, target, message } of isUnfinished ? report.outcomes() : []) {
    if (status !== 'failed' && status !== 'skipped') continue
    const inConfig = IN_THE_CONFIG.has(reason ?? '')
    if (inConfig) isInTheConfig = true
    remedies.add(adviceOn(reason)?.remedy ?? 'retry')
    if (inConfig) remedies.add('push')
    if (reason === 'max-create') {
      creates.set(target, (creates.get(target) ?? 0) + 1)
      needed ??= neededCreates(message)
    }
    if (reason === 'not-replaced') isWaiting = true
    if (reason === 'max-delete') deletes.set(target, (deletes.get(target) ?? 0) + 1)
  }
  return { remedies, isUnfinished, isInTheConfig, creates: needed ?? most(creates), deletes: most(deletes), isWaiting }
}

function most(counts: ReadonlyMap<string, number>): number {
  return Math.max(0, ...counts.values())
}

/** Those that were too small, as large as they have to be. */
function limitsFor({ creates, deletes }: Trouble): Options {
  return {
    ...(creates === 0 ? {} : { maxCreate: creates }),
    ...(deletes === 0 ? {} : { maxDelete: String(deletes) }),
  }
}

/** Of a reconcile that could not tell: when it will, at the latest. */
function whenToAsk(report: Report): readonly string[] {
  const { command, startedAt } = report.run
  if (command !== 'reconcile' || !has(report, 'unknown')) return []
  const minutes = Math.ceil((Date.parse(startedAt) + SETTLE_WINDOW_MS) / 60_000)
  const time = new Date(minutes * 60_000).toISOString().slice(11, 16)
  const window = SETTLE_WINDOW_MS / 60_000
  return [`A request without an answer may take effect for ${window} minutes: reconcile again after ${time} UTC.`]
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
