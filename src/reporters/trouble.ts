import type { CheckReport } from '../model/report.ts'
import { fixOf } from './fix-of.ts'
import { isTrouble, type Line, linesOf } from './lines.ts'
import { groupProblems, type ProblemGroup } from './problems.ts'
import type { Document } from './reporter.ts'
import type { Word } from './style.ts'
import { type Case, type Cause, Causes } from './table/causes.ts'

/** What is to be said of a number of lines, once. */
export interface Trouble {
  readonly word: Word
  readonly count: number
  readonly reason: string | null
  /** The host that the cause lies with; null where it is not about one. */
  readonly host: string | null
  /** Where the messages differ, what they have in common, or null. */
  readonly message: string | null
  /** As a sentence; empty when the message says it all. */
  readonly fix: string
  /** At most five, in the order of the lines. */
  readonly first: readonly Place[]
}

/** One of those lines. */
export interface Place {
  readonly code: string | null
  readonly key: string | null
  readonly target: string | null
  readonly source: string
  /** What its message says of its own where messages differ; else empty. */
  readonly own: string
  readonly trace: string | null
}

export interface Troubles {
  /** Lines that somebody has to look at, by cause, the most frequent first. */
  readonly trouble: readonly Trouble[]
  /** Lines that are done and still have something to say, such as ranks that stay behind. */
  readonly remarks: readonly Trouble[]
}

/** Reads the lines of the document once. */
export function troublesOf(document: Document): Troubles {
  if (document.kind === 'check') return { trouble: ofCheck(document), remarks: [] }
  const trouble = new Causes()
  const remarks = new Causes()
  for (const line of linesOf(document)) {
    if (isTrouble(line)) trouble.add(caseOf(line))
    else if (line.reason !== null) remarks.add(caseOf(line))
  }
  return { trouble: trouble.grouped().map(ofCause), remarks: remarks.grouped().map(ofCause) }
}

/** How many lines the causes are about. */
export function countLines(troubles: readonly Trouble[]): number {
  return troubles.reduce((sum, { count }) => sum + count, 0)
}

function caseOf({ word, target, code, key, reason, message, source, trace }: Line): Case {
  return { word, target, code, key, reason, message, source, trace: trace.join(', ') || null }
}

function ofCause(cause: Cause): Trouble {
  const { word, count, reason, host, message, varies, first } = cause
  return {
    word,
    count,
    reason,
    host,
    message,
    fix: fixOf(cause),
    first: first.map(({ code, key, target, source, trace, message }) => ({
      code,
      key,
      target,
      source,
      own: varies ? (message ?? '') : '',
      trace,
    })),
  }
}

function ofCheck(check: CheckReport): Trouble[] {
  return groupProblems(check.rejections()).map(ofGroup)
}

function ofGroup({ reason, message, fix, count, first }: ProblemGroup): Trouble {
  return {
    word: 'rejected',
    count,
    reason,
    host: null,
    message: message || null,
    fix,
    first: first.map(({ code, source, values }) => ({
      code,
      key: null,
      target: null,
      source,
      own: values.join(', '),
      trace: null,
    })),
  }
}
