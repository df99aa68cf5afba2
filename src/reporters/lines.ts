import type { Outcome, Status } from '../model/outcome.ts'
import type { Problem } from '../model/product.ts'
import type { CheckReport, PlannedStep, PlanReport, Report } from '../model/report.ts'
import type { Action, Changes } from '../model/step.ts'
import type { Document } from './reporter.ts'

/** One line of a document, whichever its kind, with what people are told of it. */
export interface Line {
  readonly word: Status | Action
  /** Null in a check, which knows no targets. */
  readonly target: string | null
  readonly code: string | null
  readonly key: string | null
  /** Null where the line does not say how many. */
  readonly images: number | null
  readonly reason: string | null
  readonly message: string | null
  /** What to do about it, as a sentence; empty when the message says it all. */
  readonly fix: string
  readonly source: string
  /** What the target's support would ask for, such as "HTTP 422". */
  readonly trace: readonly string[]
  readonly changes: Changes | null
}

/** The documents that are about items: what was sent, what would be, and what cannot. */
export type ItemDocument = Report | PlanReport | CheckReport

export function isItemDocument(document: { readonly kind: string }): document is ItemDocument {
  return document.kind === 'report' || document.kind === 'plan' || document.kind === 'check'
}

/** The lines of the document, one at a time; none of documents that are not about items. */
export function linesOf(document: Document): Iterable<Line> {
  switch (document.kind) {
    case 'report':
      return each(document.outcomes(), ofOutcome)
    case 'plan':
      return each(document.steps(), ofStep)
    case 'check':
      return each(document.rejections(), ofProblem)
    default:
      return []
  }
}

const TROUBLE: readonly Line['word'][] = ['failed', 'rejected', 'unknown', 'skipped', 'reject']

/** True for lines that somebody has to look at. */
export function isTrouble({ word }: Pick<Line, 'word'>): boolean {
  return TROUBLE.includes(word)
}

function* each<T>(values: Iterable<T>, line: (value: T) => Line): Generator<Line> {
  for (const value of values) yield line(value)
}

function ofOutcome(outcome: Outcome): Line {
  const { status, target, code, key, images, reason, message, source } = outcome
  return {
    word: status,
    target,
    code,
    key,
    images,
    reason,
    message,
    fix: '',
    source,
    trace: traceOf(outcome),
    changes: null,
  }
}

function traceOf({ http, requestId, remoteId, batch, attempts }: Outcome): string[] {
  return [
    ...(http === null ? [] : [`HTTP ${http}`]),
    ...(requestId === null ? [] : [`request ${requestId}`]),
    ...(remoteId === null ? [] : [`remote id ${remoteId}`]),
    ...(batch === null ? [] : [`batch ${batch}`]),
    ...(attempts > 1 ? [`${attempts} attempts`] : []),
  ]
}

function ofStep({ action, target, code, key, changes, reason, message, source }: PlannedStep): Line {
  return { word: action, target, code, key, images: null, reason, message, fix: '', source, trace: [], changes }
}

function ofProblem({ code, reason, message, fix, source }: Problem): Line {
  return {
    word: 'rejected',
    target: null,
    code,
    key: null,
    images: null,
    reason,
    message,
    fix,
    source,
    trace: [],
    changes: null,
  }
}
