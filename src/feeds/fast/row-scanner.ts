import { CR, LF, QUOTE } from '../ascii.ts'
import { Places } from '../places.ts'

const TAB = 0x09
const SPACE = 0x20
const LAST_OF_ASCII = 0x7f

/** A row as it lies in a text. */
export interface ScannedRow {
  readonly cells: readonly string[]
  /** A line with nothing but blanks, which is no row. */
  readonly isBlank: boolean
  readonly lineEnd: '\r\n' | '\n' | '\r'
  /** How many lines it takes. */
  readonly lines: number
  /** Where the next one starts. */
  readonly end: number
}

/**
 * Cuts rows out of a text, by searching only for what may end a cell. It is sure of a row, and then right, when every cell
 * that opens with a quote ends at the quote that closes it.
 */
export class RowScanner {
  readonly #text: string
  readonly #delimiter: number
  readonly #delimiters: Places
  readonly #lineFeeds: Places
  readonly #returns: Places
  /** How many lines the row takes so far. */
  #lines = 1

  /** @param delimiter one ASCII character, no blank but the tab */
  constructor(text: string, delimiter: string) {
    this.#text = text
    this.#delimiter = delimiter.charCodeAt(0)
    this.#delimiters = new Places(text, delimiter)
    this.#lineFeeds = new Places(text, '\n')
    this.#returns = new Places(text, '\r')
  }

  /** The row that starts at `start`, which must not be less than before. */
  row(start: number): ScannedRow | 'unfinished' | 'unsure' {
    const text = this.#text
    const cells: string[] = []
    this.#lines = 1
    for (let at = start; ; at++) {
      const from = this.#skipBlanks(at)
      const isQuoted = text.charCodeAt(from) === QUOTE
      if (isQuoted) at = this.#cutQuoted(from, cells)
      else {
        at = Math.min(this.#delimiters.from(from), this.#lineFeeds.from(from), this.#returns.from(from))
        const cell = this.#bare(from, at)
        if (cell.charCodeAt(0) === QUOTE) return 'unsure'
        cells.push(cell)
      }
      if (at >= text.length) return 'unfinished'
      if (text.charCodeAt(at) !== this.#delimiter) return this.#toRow(cells, isQuoted, at)
    }
  }

  /** A row that ends at `at`, if it does. */
  #toRow(cells: readonly string[], isQuoted: boolean, at: number): ScannedRow | 'unfinished' | 'unsure' {
    const code = this.#text.charCodeAt(at)
    if (code !== LF && code !== CR) return 'unsure'
    if (code === CR && at + 1 === this.#text.length) return 'unfinished'
    const isBlank = cells.length === 1 && cells[0] === ''
    if (isBlank && isQuoted) return 'unsure'
    const lineEnd = code === LF ? '\n' : this.#text.charCodeAt(at + 1) === LF ? '\r\n' : '\r'
    return { cells, isBlank, lineEnd, lines: this.#lines, end: at + lineEnd.length }
  }

  /** Returns where the next delimiter must be, or the end of the row. */
  #cutQuoted(from: number, cells: string[]): number {
    const first = this.#text.indexOf('"', from + 1)
    const close = this.#closingQuote(first)
    const cell = this.#text.slice(from + 1, close)
    cells.push(close === first ? cell : cell.replaceAll('""', '"'))
    this.#lines += this.#lineEnds(from, close)
    return this.#skipBlanks(close + 1)
  }

  #skipBlanks(from: number): number {
    let at = from
    for (;;) {
      const code = this.#text.charCodeAt(at)
      if (code !== SPACE && (code !== TAB || this.#delimiter === TAB)) return at
      at++
    }
  }

  /** The first quote from this one on that is not doubled, or the length of the text. */
  #closingQuote(first: number): number {
    const text = this.#text
    let at = first
    while (at !== -1 && text.charCodeAt(at + 1) === QUOTE) at = text.indexOf('"', at + 2)
    return at === -1 ? text.length : at
  }

  #lineEnds(from: number, to: number): number {
    let count = 0
    for (let at = this.#lineFeeds.from(from); at < to; at = this.#lineFeeds.from(at + 1)) count++
    for (let at = this.#returns.from(from); at < to; at = this.#returns.from(at + 1)) {
      if (this.#text.charCodeAt(at + 1) !== LF) count++
    }
    return count
  }

  /** Without the blanks around it, of which there are others than the space and the tab. */
  #bare(from: number, to: number): string {
    const cell = this.#text.slice(from, to)
    return isVisible(this.#text.charCodeAt(from)) && isVisible(this.#text.charCodeAt(to - 1)) ? cell : cell.trim()
  }
}

function isVisible(code: number): boolean {
  return code > SPACE && code <= LAST_OF_ASCII
}
