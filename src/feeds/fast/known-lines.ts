import { digest53 } from '../../lib/hash.ts'
import { Places } from '../places.ts'
import type { Foresight } from '../row.ts'

/** A row that is known. */
export interface KnownLine {
  readonly lineEnd: '\r\n' | '\n'
  readonly digest: number
  /** Where it was then. */
  readonly place: number
  /** Where the next row starts. */
  readonly end: number
}

/** Finds rows that are known and take one line: whose bytes were a whole row before, and a line end follows them. */
export class KnownLines {
  readonly #bytes: Buffer
  readonly #text: string
  readonly #lineFeeds: Places
  readonly #returns: Places
  readonly #records: Foresight['records']

  /** @param text the bytes, one character for each */
  constructor(bytes: Buffer, text: string, { records }: Foresight) {
    this.#bytes = bytes
    this.#text = text
    this.#lineFeeds = new Places(text, '\n')
    this.#returns = new Places(text, '\r')
    this.#records = records
  }

  /** The one that starts here, where a row does; null: there is another one, or none that is complete. */
  at(start: number): KnownLine | null {
    const feed = this.#lineFeeds.from(start)
    if (feed === this.#text.length) return null
    const end = Math.min(this.#returns.from(start), feed)
    if (end < feed - 1) return null // a line end by itself, be it inside of quotes
    const digest = digest53(this.#bytes.subarray(start, end))
    const place = this.#records.find(digest)
    if (place === null) return null
    this.#records.pass(place)
    return { lineEnd: end < feed ? '\r\n' : '\n', digest, place, end: feed + 1 }
  }
}
