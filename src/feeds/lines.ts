import { CR, LF } from './ascii.ts'

/** Counts the lines of a stream of bytes. CRLF, LF and a lone CR each end a line. */
export class LineCounter {
  #line: number
  #afterCr = false

  /** @param first the number of the line on which the stream starts */
  constructor(first = 1) {
    this.#line = first
  }

  /** The line that the next byte is on. */
  get line(): number {
    return this.#line
  }

  /** Counts these bytes, which follow the ones counted before. */
  pass(bytes: Buffer): void {
    if (bytes.length === 0) return
    if (this.#afterCr && bytes[0] === LF) this.#line--
    for (let at = bytes.indexOf(LF); at !== -1; at = bytes.indexOf(LF, at + 1)) this.#line++
    for (let at = bytes.indexOf(CR); at !== -1; at = bytes.indexOf(CR, at + 1)) if (bytes[at + 1] !== LF) this.#line++
    this.#afterCr = bytes.at(-1) === CR
  }
}
