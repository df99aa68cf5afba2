import { type ItemDocument, isTrouble, type Line, linesOf } from '../lines.ts'

/** What a suite lists. */
export interface Listed {
  readonly tests: number
  readonly failures: number
  readonly skipped: number
}

/** The suite of a check, which knows no targets. */
export const FEED_SUITE = 'feed'

const MOST_LINES = 10_000
const MOST_TROUBLE = 30_000

/** The lines that become test cases, as they come. */
export function* listedLines(document: ItemDocument): Generator<Line> {
  const isComplete = countOf(document) <= MOST_LINES
  let trouble = 0
  for (const line of linesOf(document)) {
    if (isTrouble(line) ? trouble++ < MOST_TROUBLE : isComplete) yield line
  }
}

/** What will be listed in which suite, because the numbers stand before the cases. Every target has a suite. */
export function surveyOf(document: ItemDocument): ReadonlyMap<string, Listed> {
  const suites = new Map<string, Counts>(firstCounts(document))
  for (const line of listedLines(document)) {
    const name = line.target ?? FEED_SUITE
    const counts = suites.get(name) ?? { tests: 0, failures: 0, skipped: 0 }
    suites.set(name, counts)
    counts.tests++
    if (line.word === 'skipped') counts.skipped++
    else if (isTrouble(line)) counts.failures++
  }
  return suites
}

type Counts = { -readonly [key in keyof Listed]: Listed[key] }

/** The feed as a whole is the first case of a check, so that a feed without any problem is a case that passes. */
function firstCounts(document: ItemDocument): (readonly [string, Counts])[] {
  if (document.kind === 'check') {
    return [[FEED_SUITE, { tests: 1, failures: document.refusal === null ? 0 : 1, skipped: 0 }]]
  }
  return document.targets.map(({ name }) => [name, { tests: 0, failures: 0, skipped: 0 }])
}

function countOf(document: ItemDocument): number {
  return document.kind === 'check' ? 0 : document.targets.reduce((sum, { items }) => sum + items, 0)
}
