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
  pass(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length; at++) {
      const byte = bytes[at]
      if (byte === CR || (byte === LF && !this.#afterCr)) this.#line++
      this.#afterCr = byte === CR
    }
  }
}
