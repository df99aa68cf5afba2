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

export interface Joining<T extends Part, Kept = T> {
  readonly keyOf: (part: T) => string
  readonly join: (part: T, later: T) => T
  /** What lies on disk of a part, as JSON. */
  readonly toKept: (part: T) => Kept
  readonly fromKept: (kept: Kept) => T
}

/**
 * Puts together the parts that have one key, wherever they lie. Neighbours are joined at once; the keys that come back
 * later are remembered and joined when everything is there, from disk, so that memory does not grow with the feed.
 */
export class Joiner<T extends Part, Other extends Part, Kept = T> {
  readonly #joining: Joining<T, Kept>
  readonly #whole = new Spool<{ kept: Kept } | { other: Other }>()
  readonly #joined: Spool<Kept>[] = []
  /** Keys of all parts that were added; null: nobody will ask any more. */
  #closed: MaybeSet | null = new MaybeSet()
  readonly #scattered = new Set<string>()
  #open: T | null = null

  constructor(joining: Joining<T, Kept>) {
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

  /** What comes next is no neighbour of what came before. */
  separate(): void {
    this.#closeOpen()
  }

  /** Holds no texts of what was added, but for the last part. */
  flush(): void {
    this.#whole.flush()
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
      const spool = new Spool<Kept>()
      this.#joined.push(spool)
      const parts = this.#joinAll(new Set(keys.slice(start, start + SCATTERED_AT_ONCE)))
      for (const part of parts) spool.append(this.#joining.toKept(part))
    }
  }

  /** Everything once, by `seq` of its first part. */
  entries(): Generator<{ readonly part: T } | { readonly other: Other }> {
    const joined = this.#joined.map(spool => this.#parts(spool.read()))
    return mergeSorted([this.#once(), ...joined], entry => ('part' in entry ? entry.part.seq : entry.other.seq))
  }

  /** Parts of one value lay apart, or seemed to: they are put together now that everything was added. */
  get hasScattered(): boolean {
    return this.#scattered.size > 0
  }

  /** The keys of all parts, which it forgets now that everything was added. */
  releaseKeys(): MaybeSet {
    const keys = this.#closed ?? new MaybeSet()
    this.#closed = null
    return keys
  }

  close(): void {
    for (const spool of [this.#whole, ...this.#joined]) spool.close()
  }

  #closeOpen(): void {
    if (this.#open === null) return
    const key = this.#joining.keyOf(this.#open)
    if (this.#closed?.add(key)) this.#scattered.add(alone(key))
    this.#whole.append({ kept: this.#joining.toKept(this.#open) })
    this.#open = null
  }

  /** Everything but the parts of scattered values. */
  *#once(): Generator<{ part: T } | { other: Other }> {
    const { keyOf, fromKept } = this.#joining
    for (const entry of this.#whole.read()) {
      if ('other' in entry) {
        yield entry
        continue
      }
      const part = fromKept(entry.kept)
      if (this.#scattered.size === 0 || !this.#scattered.has(keyOf(part))) yield { part }
    }
  }

  /** In the order of their first parts. */
  #joinAll(keys: ReadonlySet<string>): Iterable<T> {
    const { keyOf, join, fromKept } = this.#joining
    const joined = new Map<string, T>()
    for (const entry of this.#whole.read()) {
      if ('other' in entry) continue
      const part = fromKept(entry.kept)
      const key = keyOf(part)
      if (!keys.has(key)) continue
      const known = joined.get(key)
      joined.set(key, known === undefined ? part : join(known, part))
    }
    return joined.values()
  }

  *#parts(all: Iterable<Kept>): Generator<{ part: T }> {
    for (const kept of all) yield { part: this.#joining.fromKept(kept) }
  }
}
