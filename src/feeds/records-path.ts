/** One open array or object around the current place in a JSON document. */
interface Frame {
  readonly isObject: boolean
  /** Object: the key whose value is being read; null before it. */
  key: string | null
  /** Array: does it hold the records? `maybe` until its first element is seen. */
  records: 'yes' | 'maybe' | 'no'
}

/** How many keys are remembered to help people find the right one. */
const KEYS_SHOWN = 20

const VALUE_STARTS = ['{', '[', 'string', 'value']

/**
 * Follows the structure of a JSON document and recognises the array with the records: the document itself, or the one at
 * the path, or without a path the first property of the document that is an array of objects.
 */
export class RecordsPath {
  /** The dotted path to look for, if any. */
  readonly wanted: string | null
  readonly #frames: Frame[] = []
  readonly #keys: string[] = []
  #found: string | null = null
  #empty: string | null = null

  constructor(wanted: string | null) {
    this.wanted = wanted
  }

  /** Dotted path of the array, empty when it is the document itself; null as long as no record was seen. */
  get found(): string | null {
    return this.#found
  }

  /** The same for an array that could have held records but is empty. */
  get empty(): string | null {
    return this.#empty
  }

  /** The first keys of the document. */
  get keys(): readonly string[] {
    return this.#keys
  }

  /** Is this token the start of a record? */
  isRecord(token: string): boolean {
    const frame = this.#frames.at(-1)
    if (!frame || !VALUE_STARTS.includes(token)) return false
    if (frame.records === 'maybe') frame.records = token === '{' ? 'yes' : 'no'
    if (frame.records === 'no') return false
    this.#found ??= this.#here()
    return true
  }

  /** Takes note of a token outside of the records: a punctuation mark, `value`, or `string` with its text. */
  follow(token: string, text: string): void {
    const frame = this.#frames.at(-1)
    if (token === '{') this.#frames.push({ isObject: true, key: null, records: 'no' })
    else if (token === '[') this.#frames.push({ isObject: false, key: null, records: this.#kindOfArray() })
    else if (token === '}' || token === ']') this.#leave()
    else if (token === ',' && frame) frame.key = null
    else if (token === 'string' && frame?.isObject && frame.key === null) this.#enter(frame, text)
  }

  #enter(frame: Frame, key: string): void {
    frame.key = key
    if (this.#frames.length === 1 && this.#keys.length < KEYS_SHOWN) this.#keys.push(key)
  }

  #leave(): void {
    if (this.#frames.at(-1)?.records !== 'no') this.#empty ??= this.#here()
    this.#frames.pop()
  }

  /** A document may repeat a key: the records of both arrays count, rather than those of one being lost. */
  #kindOfArray(): Frame['records'] {
    if (this.#frames.length === 0) return 'yes'
    if (!this.#frames.every(frame => frame.isObject)) return 'no'
    const path = this.#found ?? this.wanted
    if (path !== null) return path === this.#here() ? 'yes' : 'no'
    return this.#frames.length === 1 ? 'maybe' : 'no'
  }

  /** Dotted path of the current place. */
  #here(): string {
    return this.#frames.flatMap(frame => (frame.isObject ? [frame.key ?? ''] : [])).join('.')
  }
}
