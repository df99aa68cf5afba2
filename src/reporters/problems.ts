import type { Problem } from '../model/product.ts'

/** Problems with the same reason, the same fix and, apart from the values in it, the same message. */
export interface ProblemGroup {
  readonly reason: string
  /** The message of all; where they differ, with "…" for the values; empty where they have nothing in common. */
  readonly message: string
  readonly fix: string
  readonly count: number
  /** At most five, in the order of the feed. */
  readonly first: readonly ProblemCase[]
}

export interface ProblemCase {
  readonly code: string | null
  readonly source: string
  /** The quoted values of its message, quotes included, where they differ from those of the others. */
  readonly values: readonly string[]
}

const FIRST = 5
/** Bounds the memory where every message is worded differently; further ones are told apart by reason and fix only. */
const MOST_GROUPS = 1000
const QUOTED = /"[^"]*"/g
const VALUE = /"[^"]*"|https?:\/\/\S+|\d+(?:[.,]\d+)*/g

/** The groups of all problems, the largest first. */
export function groupProblems(problems: Iterable<Problem>): readonly ProblemGroup[] {
  const groups = new Map<string, Gathering>()
  for (const problem of problems) gatheringOf(problem, groups).add(problem)
  return [...groups.values()].toSorted((a, b) => b.count - a.count).map(gathering => gathering.group())
}

function gatheringOf(problem: Problem, groups: Map<string, Gathering>): Gathering {
  const pattern = patternOf(problem.message)
  const known = groups.get(keyOf(problem, pattern))
  if (known !== undefined) return known
  const kept = groups.size < MOST_GROUPS ? pattern : ''
  const gathering = groups.get(keyOf(problem, kept)) ?? new Gathering(kept)
  groups.set(keyOf(problem, kept), gathering)
  return gathering
}

class Gathering {
  count = 0
  readonly #pattern: string
  readonly #first: Problem[] = []
  #varies = false

  constructor(pattern: string) {
    this.#pattern = pattern
  }

  add(problem: Problem): void {
    this.count++
    if (this.#first.length < FIRST) this.#first.push(problem)
    this.#varies ||= problem.message !== this.#first[0]?.message
  }

  group(): ProblemGroup {
    const { reason = '', message = '', fix = '' } = this.#first[0] ?? {}
    return {
      reason,
      message: this.#varies ? this.#pattern : message,
      fix,
      count: this.count,
      first: this.#first.map(({ code, source, message }) => ({
        code,
        source,
        values: this.#varies ? [...new Set(message.match(QUOTED))].filter(value => value !== `"${code}"`) : [],
      })),
    }
  }
}

function keyOf({ reason, fix }: Problem, pattern: string): string {
  return JSON.stringify([reason, pattern, fix])
}

function patternOf(message: string): string {
  return message.replace(VALUE, value => (value.startsWith('"') ? '"…"' : '…'))
}
