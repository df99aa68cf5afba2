import { isTrouble, type Line, linesOf } from '../../document/lines.ts'
import { countLines } from '../../document/tally.ts'
import { targetsOf } from '../../document/targets.ts'
import type { Document } from '../../reporter.ts'

/** What a suite lists. */
export interface Listed {
  readonly tests: number
  readonly failures: number
  /** Of which nothing is known. */
  readonly errors: number
  readonly skipped: number
}

/** A suite without cases. */
export const NOTHING: Listed = { tests: 0, failures: 0, errors: 0, skipped: 0 }

const COUNTED = { failure: 'failures', error: 'errors', skipped: 'skipped' } as const

/** What the case is besides: null where it passes. Unknown items fail: what nobody knows is not well. */
export function kindOf(line: Line): keyof typeof COUNTED | null {
  if (!isTrouble(line)) return null
  if (line.word === 'unreadable') return 'error'
  return line.word === 'skipped' ? 'skipped' : 'failure'
}

/** The suite of a check, which knows no targets. */
export const FEED_SUITE = 'feed'

const MOST_LINES = 10_000
const MOST_TROUBLE = 30_000

/** The lines that become test cases, as they come. */
export function* listedLines(document: Document): Generator<Line> {
  const isComplete = countLines(document) <= MOST_LINES
  let trouble = 0
  for (const line of linesOf(document, isComplete ? 'all' : 'notable')) {
    if (isTrouble(line) ? trouble++ < MOST_TROUBLE : isComplete) yield line
  }
}

/** What will be listed in which suite, because the numbers stand before the cases. Every target has a suite. */
export function surveyOf(document: Document): ReadonlyMap<string, Listed> {
  const suites = new Map<string, Counts>(firstCounts(document))
  for (const line of listedLines(document)) {
    const name = line.target ?? FEED_SUITE
    const counts = suites.get(name) ?? { ...NOTHING }
    suites.set(name, counts)
    counts.tests++
    const kind = kindOf(line)
    if (kind !== null) counts[COUNTED[kind]]++
  }
  return suites
}

type Counts = { -readonly [key in keyof Listed]: Listed[key] }

/** The feed as a whole is the first case of a check, so that a feed without any problem is a case that passes. */
function firstCounts(document: Document): (readonly [string, Counts])[] {
  if (document.kind === 'check') {
    return [[FEED_SUITE, { ...NOTHING, tests: 1, failures: document.refusal === null ? 0 : 1 }]]
  }
  return targetsOf(document).map(({ name }) => [name, { ...NOTHING }])
}
