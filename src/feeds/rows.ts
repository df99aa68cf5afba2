import { CsvError, type Parser, parse } from 'csv-parse'
import { digest53 } from '../lib/hash.ts'
import type { FeedError } from '../model/errors.ts'
import { CR, LF } from './ascii.ts'
import { cutCells, hasLineBreak, type RawCell } from './cells.ts'
import { LIMITS } from './limits.ts'
import { LineCounter } from './lines.ts'
import type { Row } from './row.ts'
import { notClosed, tooLarge } from './row-faults.ts'
import type { Text } from './text.ts'
import type { Spot } from './utf8.ts'

/** How much is parsed before the size of an unfinished row is looked at. */
const STEP = 64 * 1024

/** csv-parse looks a few bytes ahead, so that bytes of the next row may seem to belong to an unfinished one. */
const LOOK_AHEAD = 16

const SPACE = 0x20

/** The first byte of a no-break space, in UTF-8. */
const FIRST_OF_OTHER_BLANKS = 0xc2

/** At most, of a UTF-16 unit in UTF-8. */
const BYTES_PER_UNIT = 3

/** Rows may differ in width, yet csv-parse makes an error, with a stack trace, for each that differs from the first. */
const ALWAYS_FIRST = { records: 0 }

/**
 * Cuts text into rows and cells; the door to csv-parse. Blank lines are left out, and so are blanks around cells and
 * around their quotes. A quote inside a cell is taken as it is; a quoted cell that goes on after its closing quote is left
 * as written, quotes included. Throws a FeedError for a quote that is never closed and for a row or cell over the limit.
 */
export class RowParser {
  readonly #text: Text
  readonly #delimiter: Buffer
  readonly #parser: Parser
  /** csv-parse counts a CRLF inside quotes as two lines, so lines are counted here. */
  readonly #lines: LineCounter
  /** How many bytes of the text come before the first that is read. */
  readonly #start: number
  /** The bytes that are in no row yet, and how many came before them. */
  #pending: Buffer[] = []
  #pendingBytes = 0
  #passed: number
  #rows: Row[] = []

  /** @param start where the first byte is that will be read; a row must start there */
  constructor(text: Text, delimiter: string, start: Spot) {
    this.#text = text
    this.#delimiter = Buffer.from(delimiter)
    this.#lines = new LineCounter(start.line)
    this.#start = start.byte
    this.#passed = start.byte
    this.#parser = parse({
      delimiter,
      record_delimiter: ['\r\n', '\n', '\r'],
      ltrim: true,
      relax_quotes: true,
      relax_column_count: true,
      skip_empty_lines: true,
      on_record: (cells: string[], { bytes }) => this.#add(cells, bytes),
    })
    this.#parser.on('error', () => undefined) // also given to the callbacks below
  }

  /** The rows that this chunk completes. */
  async *read(chunk: Buffer): AsyncGenerator<readonly Row[]> {
    for (let at = 0; at < chunk.length; at += STEP) {
      const part = chunk.subarray(at, at + STEP)
      this.#pending.push(part)
      this.#pendingBytes += part.length
      yield* this.#run(done => this.#parser.write(part, done))
      if (this.#pendingBytes > LIMITS.recordBytes + LOOK_AHEAD) this.#passBlankLines(this.#join())
      if (this.#pendingBytes > LIMITS.recordBytes + LOOK_AHEAD) throw this.#unfinished()
    }
  }

  /** The last row, when no line end follows it. */
  end(): AsyncGenerator<readonly Row[]> {
    return this.#run(done => this.#parser.end(done))
  }

  /** The bytes that are in no row yet, with which another reader can go on. */
  get rest(): Buffer {
    return this.#join()
  }

  /** Where the rest starts in the text. */
  get next(): Spot {
    return { line: this.#lines.line, byte: this.#passed }
  }

  async *#run(step: (done: (error?: Error | null) => void) => void): AsyncGenerator<readonly Row[]> {
    this.#rows = []
    const failure = await new Promise<Error | null>(resolve => step(error => resolve(error ?? null)))
    if (this.#rows.length > 0) yield this.#rows
    if (failure !== null) throw failure instanceof CsvError ? this.#unfinished() : failure
  }

  /** Returns null, so that csv-parse keeps nothing. `end` is where the row ends in the text. */
  #add(cells: string[], end: number): null {
    Object.assign(this.#parser.info, ALWAYS_FIRST)
    const bytes = this.#join().subarray(0, this.#start + end - this.#passed)
    const lineEnd = lineEndOf(bytes)
    const raw = this.#passBlankLines(bytes.subarray(0, bytes.length - lineEnd.length))
    this.#rows.push(this.#toRow(cells, raw, lineEnd))
    this.#pass(bytes.subarray(bytes.length - raw.length - lineEnd.length))
    return null
  }

  /** The bytes of a row, without the blank lines in front of it. */
  #passBlankLines(bytes: Buffer): Buffer {
    const size = blankLines(bytes)
    this.#pass(bytes.subarray(0, size))
    return bytes.subarray(size)
  }

  /** These bytes, the next of all, are done with. */
  #pass(bytes: Buffer): void {
    this.#lines.pass(bytes)
    this.#passed += bytes.length
    this.#pending = [this.#join().subarray(bytes.length)]
    this.#pendingBytes -= bytes.length
  }

  #toRow(cells: readonly string[], raw: Buffer, lineEnd: Row['lineEnd']): Row {
    const row = { line: this.#lines.line, byte: this.#passed, lineEnd, cells, digest: digest53(raw), stray: null }
    if (raw.length > LIMITS.recordBytes) throw tooLarge(this.#text, row, 'record')
    if (!cells.some(needsCutting)) return row
    const cut = cutCells(raw, this.#delimiter)
    const large = cut.find(cell => Buffer.byteLength(cell.text) > LIMITS.cellBytes)
    if (large) throw tooLarge(this.#text, this.#spot(raw, large), 'cell')
    return { ...row, cells: cut.map(cell => cell.text), stray: this.#strayOf(raw, cut) }
  }

  #strayOf(raw: Buffer, cells: readonly RawCell[]): Row['stray'] {
    const stray = cells.find(cell => cell.isStray)
    return stray ? { ...this.#spot(raw, stray), isSplit: hasLineBreak(raw, stray) } : null
  }

  /** A quote that is not closed, or else a row that is too long. */
  #unfinished(): FeedError {
    const raw = this.#passBlankLines(this.#join())
    const open = cutCells(raw, this.#delimiter).at(-1)
    if (!open?.isOpen) return tooLarge(this.#text, { line: this.#lines.line, byte: this.#passed }, 'record')
    return notClosed(this.#text, this.#spot(raw, open))
  }

  #spot(raw: Buffer, cell: RawCell): Spot {
    const lines = new LineCounter(this.#lines.line)
    lines.pass(raw.subarray(0, cell.at))
    return { line: lines.line, byte: this.#passed + cell.at }
  }

  #join(): Buffer {
    const [first, second] = this.#pending
    const joined = first && !second ? first : Buffer.concat(this.#pending)
    this.#pending = [joined]
    return joined
  }
}

/** How many bytes the lines take, at the start, that have nothing but blanks. */
function blankLines(bytes: Buffer): number {
  const first = bytes[0] ?? 0
  if (first > SPACE && first < FIRST_OF_OTHER_BLANKS) return 0
  const text = bytes.toString('utf8')
  const blanks = text.slice(0, text.length - text.trimStart().length)
  const end = Math.max(blanks.lastIndexOf('\n'), blanks.lastIndexOf('\r')) + 1
  return Buffer.byteLength(blanks.slice(0, end))
}

/** csv-parse leaves blanks after a closing quote in the cell, quotes included, and blanks at the end of other cells. */
function needsCutting(cell: string): boolean {
  return cell.startsWith('"') || cell.trimEnd() !== cell || cell.length > LIMITS.cellBytes / BYTES_PER_UNIT
}

function lineEndOf(row: Buffer): Row['lineEnd'] {
  const last = row[row.length - 1]
  if (last === CR) return '\r'
  if (last !== LF) return ''
  return row[row.length - 2] === CR ? '\r\n' : '\n'
}
