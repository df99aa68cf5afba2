import { MaybeSet } from '../lib/maybe-set.ts'
import { mergeSorted } from '../lib/merge.ts'
import { Spool } from '../lib/spool.ts'
import { alone } from '../lib/text.ts'

/** How many values whose parts are scattered are put together in memory at a time. */
const SCATTERED_AT_ONCE = 50_000

/** A part of a value, or something that stands for itself and has no key. */
export interface Part {
  readonly seq: number
}

export interface Joining<T extends Part> {
  readonly keyOf: (part: T) => string
  readonly join: (part: T, later: T) => T
}

/**
 * Puts together the parts that have one key, wherever they lie. Neighbours are joined at once; the keys that come back
 * later are remembered and joined when everything is there, from disk, so that memory does not grow with the feed.
 */
export class Joiner<T extends Part, Other extends Part> {
  readonly #joining: Joining<T>
  readonly #whole = new Spool<{ part: T } | { other: Other }>()
  readonly #joined: Spool<T>[] = []
  readonly #closed = new MaybeSet()
  readonly #scattered = new Set<string>()
  #open: T | null = null

  constructor(joining: Joining<T>) {
    this.#joining = joining
  }

  add(part: T): void {
    const { keyOf, join } = this.#joining
    if (this.#open !== null && keyOf(this.#open) === keyOf(part)) {
      this.#open = join(this.#open, part)
      return
    }
    this.#closeOpen()
    this.#open = part
  }

  pass(other: Other): void {
    this.#closeOpen()
    this.#whole.append({ other })
  }

  /** To be called when everything was added. */
  end(): void {
    this.#closeOpen()
    const keys = [...this.#scattered]
    for (let start = 0; start < keys.length; start += SCATTERED_AT_ONCE) {
      const spool = new Spool<T>()
      this.#joined.push(spool)
      for (const part of this.#joinAll(new Set(keys.slice(start, start + SCATTERED_AT_ONCE)))) spool.append(part)
    }
  }

  /** Everything once, by `seq` of its first part. */
  entries(): Generator<{ readonly part: T } | { readonly other: Other }> {
    const joined = this.#joined.map(spool => wrapped(spool.read()))
    return mergeSorted([this.#once(), ...joined], entry => ('part' in entry ? entry.part.seq : entry.other.seq))
  }

  close(): void {
    for (const spool of [this.#whole, ...this.#joined]) spool.close()
  }

  #closeOpen(): void {
    if (this.#open === null) return
    const key = this.#joining.keyOf(this.#open)
    if (this.#closed.add(key)) this.#scattered.add(alone(key))
    this.#whole.append({ part: this.#open })
    this.#open = null
  }

  /** Everything but the parts of scattered values. */
  *#once(): Generator<{ part: T } | { other: Other }> {
    for (const entry of this.#whole.read()) {
      if ('other' in entry || !this.#scattered.has(this.#joining.keyOf(entry.part))) yield entry
    }
  }

  /** In the order of their first parts. */
  #joinAll(keys: ReadonlySet<string>): Iterable<T> {
    const { keyOf, join } = this.#joining
    const joined = new Map<string, T>()
    for (const entry of this.#whole.read()) {
      if ('other' in entry || !keys.has(keyOf(entry.part))) continue
      const known = joined.get(keyOf(entry.part))
      joined.set(keyOf(entry.part), known === undefined ? entry.part : join(known, entry.part))
    }
    return joined.values()
  }
}

function* wrapped<T>(parts: Iterable<T>): Generator<{ part: T }> {
  for (const part of parts) yield { part }
}
