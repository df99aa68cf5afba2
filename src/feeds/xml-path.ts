import { truncate } from '../lib/text.ts'

/** How many elements are remembered to help people find the right one. */
const PATHS_SHOWN = 12

/** What is remembered of a name, for a hostile document may have very long ones. */
const LONGEST_NAME = 100

/** What RSS and Atom call their records. */
const USUAL = ['item', 'entry']

/**
 * Follows the elements around the records and recognises the records: the elements at the path, or without a path every
 * `item` and `entry` in the root element or in a `channel`. Prefixes mean nothing here.
 */
export class XmlPath {
  /** The path to look for, if any, without prefixes. */
  readonly wanted: string | null
  readonly #names: string[] = []
  readonly #seen = new Map<string, number>()
  #found: string | null = null

  constructor(wanted: string | null) {
    this.wanted = wanted?.split('.').map(withoutPrefix).join('.') ?? null
  }

  /** Dotted path of the first record; null as long as there was none. */
  get found(): string | null {
    return this.#found
  }

  /** Dotted paths of the first elements of the document, and how often each was there. */
  get seen(): ReadonlyMap<string, number> {
    return this.#seen
  }

  /** Goes into an element; true when it is a record. */
  enter(local: string): boolean {
    this.#names.push(truncate(local, LONGEST_NAME))
    const here = this.#names.join('.')
    const isRecord = this.wanted === null ? this.#isUsual() : here === this.wanted
    if (isRecord) this.#found ??= here
    else this.#remember(here)
    return isRecord
  }

  leave(): void {
    this.#names.pop()
  }

  #isUsual(): boolean {
    const [name = '', parent] = this.#names.toReversed()
    return USUAL.includes(name) && (this.#names.length === 2 || parent === 'channel')
  }

  #remember(path: string): void {
    const count = this.#seen.get(path) ?? 0
    if (count > 0 || this.#seen.size < PATHS_SHOWN) this.#seen.set(path, count + 1)
  }
}

function withoutPrefix(name: string): string {
  return name.slice(name.indexOf(':') + 1)
}
