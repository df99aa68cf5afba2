import type { Word } from '../style.ts'

/** An item that people should know of, and why. */
export interface Case {
  readonly word: Word
  /** Null where there is no more than one target. */
  readonly target: string | null
  readonly code: string | null
  readonly key: string | null
  readonly reason: string | null
  readonly message: string | null
  readonly source: string
  /** What the target's support would ask for, such as the request id. */
  readonly trace: string | null
}

/** Cases with the same word, the same reason, the same host of images and, apart from what they quote, the same message. */
export interface Cause {
  readonly word: Word
  readonly reason: string | null
  /** The host that the cause lies with; null where it is not about one. */
  readonly host: string | null
  /** Names of the targets of these cases, in their order; none where there is no more than one. */
  readonly targets: readonly string[]
  /** The message of all cases; where it varies, what their messages have in common, or null. */
  readonly message: string | null
  readonly varies: boolean
  readonly count: number
  readonly first: readonly Case[]
}

interface Group {
  readonly pattern: string | null
  readonly host: string | null
  readonly targets: Set<string>
  readonly first: [Case, ...Case[]]
  count: number
  varies: boolean
}

const FEW = 20
const FIRST = 5
/** Bounds the memory when a server words every refusal differently; further causes are told apart by reason only. */
const MOST_GROUPS = 1000

/** Collects cases in bounded memory: each one while they are few, their causes when they are many. */
export class Causes {
  readonly #few: Case[] = []
  readonly #groups = new Map<string, Group>()
  #count = 0

  /** Every case while there are at most 20, null when there are more. */
  get few(): readonly Case[] | null {
    return this.#count <= FEW ? this.#few : null
  }

  add(found: Case): void {
    this.#count++
    if (this.#few.length < FEW) this.#few.push(found)
    const group = this.#groupOf(found)
    if (found.target !== null) group.targets.add(found.target)
    if (group.count++ === 0) return
    if (found.message !== group.first[0].message) group.varies = true
    if (group.first.length < FEW) group.first.push(found)
  }

  /** The causes with the first cases of each, at most 20; the most frequent first. */
  grouped(cases: number = FIRST): readonly Cause[] {
    return [...this.#groups.values()]
      .sort((a, b) => b.count - a.count)
      .map(({ pattern, host, targets, first, count, varies }) => {
        const { word, reason, message } = first[0]
        const shown = first.slice(0, cases)
        return {
          word,
          reason,
          host,
          targets: [...targets],
          message: varies ? pattern : message,
          varies,
          count,
          first: shown,
        }
      })
  }

  #groupOf(found: Case): Group {
    const pattern = patternOf(found.message)
    const known = this.#groups.get(keyOf(found, pattern))
    if (known) return known
    const kept = this.#groups.size < MOST_GROUPS ? pattern : null
    const group = this.#groups.get(keyOf(found, kept)) ?? newGroup(found, kept)
    this.#groups.set(keyOf(found, kept), group)
    return group
  }
}

function newGroup(found: Case, pattern: string | null): Group {
  const host = pattern === null ? null : hostOf(found)
  return { pattern, host, targets: new Set(), first: [found], count: 0, varies: false }
}

function keyOf(found: Case, pattern: string | null): string {
  return JSON.stringify([found.word, found.reason, pattern, pattern === null ? null : hostOf(found)])
}

/** Whose images cannot be had is a question of the host: a thousand addresses there have one cause. */
function hostOf({ reason, message }: Case): string | null {
  if (!reason?.startsWith('image-')) return null
  const address = /https?:\/\/[^\s"]+/.exec(message ?? '')?.[0] ?? ''
  return URL.canParse(address) ? new URL(address).host : null
}

/** The message without what differs from item to item: quoted values and URLs. */
function patternOf(message: string | null): string | null {
  if (message === null) return null
  // Quoted values, addresses and ids are what differs between items of one cause.
  return message.replace(/"[^"]*"|https?:\/\/\S+|\b(?=[\w-]*\d)[\w-]{8,}/g, value =>
    value.startsWith('"') ? '"..."' : '...',
  )
}
