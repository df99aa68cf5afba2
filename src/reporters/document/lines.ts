import type { Outcome, Status, Which } from '../../model/outcome.ts'
import type { Problem } from '../../model/product.ts'
import type { PlannedStep } from '../../model/report.ts'
import type { Action, Changes } from '../../model/step.ts'
import type { Condition, Finding } from '../../model/verification.ts'
import type { Document } from '../reporter.ts'

/** One line of a document, whichever its kind, with what people are told of it. */
export interface Line {
  readonly word: Status | Action | Condition
  /** Null in a check, which knows no targets. */
  readonly target: string | null
  readonly code: string | null
  readonly key: string | null
  /** Which image of the item it is about, such as "rank 2"; null where it is about the whole item. */
  readonly image: string | null
  /** Null where the line does not say how many. */
  readonly images: number | null
  readonly reason: string | null
  readonly message: string | null
  /** What to do about it, as a sentence; empty when the message says it all or the reason does. */
  readonly fix: string
  readonly source: string
  /** What the target's support would ask for, such as "HTTP 422". */
  readonly trace: readonly string[]
  /** How it was sent besides. */
  readonly details: readonly string[]
  readonly changes: Changes | null
}

/** The lines of the document, one at a time. `notable` leaves out outcomes that have no reason: nobody has to look at them. */
export function linesOf(document: Document, which: Which = 'all'): Iterable<Line> {
  switch (document.kind) {
    case 'report':
      return each(document.outcomes(which), ofOutcome)
    case 'plan':
      return each(document.steps(), ofStep)
    case 'check':
      return each(document.rejections(), ofProblem)
    case 'verify':
      return each(document.findings(), ofFinding)
  }
}

const DRIFT = ['missing', 'differs', 'moved', 'extra'] as const
const TROUBLE: readonly Line['word'][] = ['failed', 'rejected', 'unknown', 'skipped', 'reject', ...DRIFT, 'unreadable']

/** True for lines that somebody has to look at. */
export function isTrouble({ word }: Pick<Line, 'word'>): boolean {
  return TROUBLE.includes(word)
}

/** True for what is as it was and as it should be. */
export function isCalm({ word }: Pick<Line, 'word'>): boolean {
  return word === 'unchanged' || word === 'same'
}

/** True where a target differs from the feed. */
export function isDrift({ word }: Pick<Line, 'word'>): boolean {
  return DRIFT.some(drift => drift === word)
}

/** True for what no target is told of, because its record cannot be sent. */
export function isRefused({ word }: Pick<Line, 'word'>): boolean {
  return word === 'rejected' || word === 'reject'
}

function* each<T>(values: Iterable<T>, line: (value: T) => Line): Generator<Line> {
  for (const value of values) yield line(value)
}

const NOTHING_MORE = { image: null, images: null, fix: '', trace: [], details: [], changes: null }

function ofOutcome(outcome: Outcome): Line {
  const { status: word, target, code, key, images, reason, message, source } = outcome
  const [trace, details] = [traceOf(outcome), detailsOf(outcome)]
  return {
    word,
    target,
    code,
    key,
    image: null,
    images,
    reason,
    message,
    fix: '',
    source,
    trace,
    details,
    changes: null,
  }
}

function traceOf({ http, requestId }: Outcome): string[] {
  return [...(http === null ? [] : [`HTTP ${http}`]), ...(requestId === null ? [] : [`request ${requestId}`])]
}

function detailsOf({ remoteId, batch, attempts }: Outcome): string[] {
  return [
    ...(remoteId === null ? [] : [`remote id ${remoteId}`]),
    ...(batch === null ? [] : [`batch ${batch}`]),
    ...(attempts > 1 ? [`${attempts} attempts`] : []),
  ]
}

function ofStep({ action, target, code, key, changes, reason, message, source }: PlannedStep): Line {
  return { ...NOTHING_MORE, word: action, target, code, key, reason, message, source, changes }
}

function ofProblem({ code, reason, message, fix, source }: Problem): Line {
  return { ...NOTHING_MORE, word: 'rejected', target: null, code, key: null, reason, message, fix, source }
}

function ofFinding(finding: Finding): Line {
  const { status: word, target, code, key, rank, foundRank, found, reason, source } = finding
  const place = rank ?? foundRank
  const image = place === null ? found : `rank ${place}`
  return { ...NOTHING_MORE, word, target, code, key, image, reason, message: messageOf(finding), source }
}

/** Quotes mark what differs between images of one cause. */
function messageOf({ status, rank, foundRank, expected, found, message }: Finding): string | null {
  if (!isDrift({ word: status })) return message
  const words = [
    expected === null ? null : `expected "${expected}"`,
    found === null || found === expected ? null : `found "${found}"`,
    foundRank === null || rank === foundRank ? null : `at rank ${foundRank}`,
  ].filter(part => part !== null)
  return (
    [...(words.length === 0 ? [] : [`${words.join(', ')}.`]), ...(message === null ? [] : [message])].join(' ') || null
  )
}
