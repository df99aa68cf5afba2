import { STATUSES } from '../../model/outcome.ts'
import { ACTIONS } from '../../model/step.ts'
import { CONDITIONS } from '../../model/verification.ts'
import type { Document } from '../reporter.ts'
import type { Line } from './lines.ts'
import { type ReportedTarget, targetsOf } from './targets.ts'

type Word = Line['word']

/** The words of the document's totals, in the order in which they are told; none in a check. */
export function wordsOf({ kind }: Document): readonly Word[] {
  switch (kind) {
    case 'report':
      return STATUSES
    case 'plan':
      return ACTIONS
    case 'verify':
      return CONDITIONS
    case 'check':
      return []
  }
}

/** How many lines of this word the target has. */
export function countAt({ totals }: ReportedTarget, word: Word): number {
  const counts: Readonly<Record<string, number>> = totals
  return counts[word] ?? 0
}

/** How many lines of each word there are at all targets together. */
export function tallyOf(document: Document): ReadonlyMap<Word, number> {
  const targets = targetsOf(document)
  return new Map(wordsOf(document).map(word => [word, targets.reduce((sum, target) => sum + countAt(target, word), 0)]))
}

/** How many lines the target has. */
export function linesAt({ totals }: ReportedTarget): number {
  return Object.values(totals).reduce((sum, count) => sum + count, 0)
}

/** How many lines the document has, by its totals. */
export function countLines(document: Document): number {
  if (document.kind === 'check') return document.selected.rejected
  return document.targets.reduce((sum, target) => sum + linesAt(target), 0)
}
