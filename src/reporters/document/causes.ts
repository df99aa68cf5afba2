import { fixOf } from './fix-of.ts'
import { isRefused, type Line } from './lines.ts'

/** Lines with the same word, reason and fix, the same host of images and, apart from the values in it, the same message. */
export interface Cause {
  readonly word: Line['word']
  readonly reason: string | null
  /** The host that the cause lies with; null where it is not about one. */
  readonly host: string | null
  /** Names of the targets of these lines, in their order; none where there is no more than one. */
  readonly targets: readonly string[]
  /** The message of all lines; where it varies, with "…" for the values, or null where they have nothing in common. */
  readonly message: string | null
  readonly varies: boolean
  /** As a sentence; empty when the message says it all. */
  readonly fix: string
  readonly count: number
  readonly first: readonly Line[]
}

interface Group {
  readonly pattern: string | null
  readonly host: string | null
  readonly targets: Set<string>
  readonly first: [Line, ...Line[]]
  count: number
  varies: boolean
}

const FEW = 20
const FIRST = 5
/** Bounds the memory when a server words every refusal differently; further causes are told apart without their messages. */
const MOST_GROUPS = 1000

/** Collects lines in bounded memory: each one while they are few, their causes when they are many. */
export class Causes {
  readonly #few: Line[] = []
  readonly #groups = new Map<string, Group>()
  #count = 0

  /** How many lines there are. */
  get count(): number {
    return this.#count
  }

  /** Every line while there are at most 20, null when there are more. */
  get few(): readonly Line[] | null {
    return this.#count <= FEW ? this.#few : null
  }

  /** @param line its target is null where there is no more than one */
  add(line: Line): void {
    this.#count++
    if (this.#few.length < FEW) this.#few.push(line)
    const group = this.#groupOf(line)
    if (line.target !== null) group.targets.add(line.target)
    if (group.count++ === 0) return
    if (line.message !== group.first[0].message) group.varies = true
    if (group.first.length < FEW) group.first.push(line)
  }

  /** The causes with the first lines of each, at most 20; the most frequent first. */
  grouped(lines: number = FIRST): readonly Cause[] {
    return [...this.#groups.values()].sort((a, b) => b.count - a.count).map(group => causeOf(group, lines))
  }

  #groupOf(line: Line): Group {
    const pattern = patternOf(line)
    const known = this.#groups.get(keyOf(line, pattern))
    if (known) return known
    const kept = this.#groups.size < MOST_GROUPS ? pattern : null
    const group = this.#groups.get(keyOf(line, kept)) ?? newGroup(line, kept)
    this.#groups.set(keyOf(line, kept), group)
    return group
  }
}

/** How many lines these causes have together. */
export function linesIn(causes: readonly Cause[]): number {
  return causes.reduce((sum, { count }) => sum + count, 0)
}

const VALUES = /"[^"]*"|https?:\/\/\S+/g

/** What a line of the cause says that the others do not: the values in its message, or all of it where they have nothing in common. */
export function ownWords({ code, message }: Line, cause: Pick<Cause, 'varies' | 'message'>): string {
  if (!cause.varies || message === null) return ''
  if (cause.message === null) return message
  return [...new Set(message.match(VALUES))].filter(value => value !== `"${code}"`).join(', ')
}

function causeOf({ pattern, host, targets, first, count, varies }: Group, lines: number): Cause {
  const { word, reason, message, fix } = first[0]
  const common = varies ? pattern : message
  return {
    word,
    reason,
    host,
    targets: [...targets],
    message: common,
    varies,
    fix: fixOf({ word, reason, message: common, fix }),
    count,
    first: first.slice(0, lines),
  }
}

function newGroup(line: Line, pattern: string | null): Group {
  const host = pattern === null ? null : hostOf(line)
  return { pattern, host, targets: new Set(), first: [line], count: 0, varies: false }
}

function keyOf(line: Line, pattern: string | null): string {
  const { word, reason, fix } = line
  return JSON.stringify([word, reason, fix, pattern, pattern === null ? null : hostOf(line)])
}

/** Whose images cannot be had is a question of the host: a thousand addresses there have one cause. */
function hostOf(line: Line): string | null {
  if (!line.reason?.startsWith('image-') || isRefused(line)) return null
  const address = /https?:\/\/[^\s"]+/.exec(line.message ?? '')?.[0] ?? ''
  return URL.canParse(address) ? new URL(address).host : null
}

/** Quoted values, addresses and ids differ from line to line. */
const VARIABLE = /"[^"]*"|https?:\/\/\S+|\b(?=[\w-]*\d)[\w-]{8,}/g
/** In what the feed's own rules say all numbers do; in what servers say a number may be the cause. */
const VARIABLE_OR_NUMBER = /"[^"]*"|https?:\/\/\S+|\b(?=[\w-]*\d)[\w-]{8,}|\d+(?:[.,]\d+)*/g

/** The message without what differs from line to line. */
function patternOf(line: Line): string | null {
  const variable = isRefused(line) ? VARIABLE_OR_NUMBER : VARIABLE
  return line.message?.replace(variable, value => (value.startsWith('"') ? '"…"' : '…')) ?? null
}
