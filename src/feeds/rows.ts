import { CsvError, type Parser, parse } from 'csv-parse'
import { FeedError } from '../model/errors.ts'
import { CR, LF, QUOTE } from './ascii.ts'
import { LIMITS } from './limits.ts'
import { LineCounter } from './lines.ts'
import { position, type Text } from './text.ts'

/** One row as it was written. */
export interface Row {
  /** The line it starts on. csv-parse counts a CRLF inside quotes as two lines, so lines are counted here. */
  readonly line: number
  /** Where it starts in the text, in bytes. */
  readonly byte: number
  /** Its bytes, without blank lines before it. */
  readonly raw: Buffer
  readonly cells: readonly string[]
}

/**
 * Cuts text into rows and cells; the door to csv-parse. Blank lines are left out. A quote inside a cell is taken as it
 * is; a quoted cell that goes on after its closing quote is left as written, quotes included. Throws a FeedError for a
 * quote that is never closed and for a row over the limit.
 */
export class RowParser {
  readonly #text: Text
  readonly #delimiter: Buffer
  readonly #parser: Parser
  readonly #lines = new LineCounter()
  /** The bytes that are in no row yet, and how many came before them. */
  #pending: Buffer[] = []
  #passed = 0
  #rows: Row[] = []

  constructor(text: Text, delimiter: string) {
    this.#text = text
    this.#delimiter = Buffer.from(delimiter)
    this.#parser = parse({
      delimiter,
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_quotes: true,
      relax_column_count: true,
      skip_empty_lines: true,
      max_record_size: LIMITS.recordBytes,
      on_record: (cells: string[], { bytes }) => this.#add(cells, bytes),
    })
    this.#parser.on('error', () => undefined) // also given to the callbacks below
  }

  /** The rows that this chunk completes. */
  async read(chunk: Buffer): Promise<Row[]> {
    this.#pending.push(chunk)
    return this.#run(done => this.#parser.write(chunk, done))
  }

  /** The last row, when no line end follows it. */
  async end(): Promise<Row[]> {
    return this.#run(done => this.#parser.end(done))
  }

  async #run(step: (done: (error?: Error | null) => void) => void): Promise<Row[]> {
    this.#rows = []
    await new Promise<void>((resolve, reject) => {
      step(error => (error ? reject(this.#refusal(error)) : resolve()))
    })
    return this.#rows
  }

  /** Returns null, so that csv-parse keeps nothing. `end` is where the row ends in the text. */
  #add(cells: string[], end: number): null {
    const bytes = this.#join()
    const start = blankLines(bytes)
    const raw = bytes.subarray(start, end - this.#passed)
    this.#lines.pass(bytes.subarray(0, start))
    const row = { line: this.#lines.line, byte: this.#passed + start, raw, cells }
    if (raw.length > LIMITS.recordBytes) throw tooLarge(this.#text, row.line, row.byte)
    this.#lines.pass(raw)
    this.#pending = [bytes.subarray(end - this.#passed)]
    this.#passed = end
    this.#rows.push(row)
    return null
  }

  #refusal(error: Error): Error {
    if (!(error instanceof CsvError)) return error
    const cell = this.#openCell(error)
    if (cell.isQuoted) return notClosed(this.#text, cell.line, cell.byte)
    if (error.code === 'CSV_MAX_RECORD_SIZE') return tooLarge(this.#text, cell.line, cell.byte)
    return new FeedError(`${position(this.#text, cell.line, cell.byte)}: ${error.message}`, {
      fix: 'Correct the row, or export the feed again.',
    })
  }

  /** The cell that was being read: csv-parse says in `bytes` where the one before it ended, and in `column` its number. */
  #openCell(error: CsvError): { line: number; byte: number; isQuoted: boolean } {
    const bytes = this.#join()
    const before = Number(error.bytes) - this.#passed
    const at = error.column === 0 ? blankLines(bytes) : before + this.#delimiter.length
    this.#lines.pass(bytes.subarray(0, at))
    return { line: this.#lines.line, byte: this.#passed + at, isQuoted: bytes[at] === QUOTE }
  }

  #join(): Buffer {
    const [first, second] = this.#pending
    const joined = first && !second ? first : Buffer.concat(this.#pending)
    this.#pending = [joined]
    return joined
  }
}

/** How many bytes of line ends there are before the row. */
function blankLines(bytes: Buffer): number {
  let at = 0
  while (bytes[at] === LF || bytes[at] === CR) at++
  return at
}

/** A quote that is never closed, or that closes where something else must have been meant. */
export function notClosed(text: Text, line: number, byte: number): FeedError {
  return new FeedError(`${position(text, line, byte)}: the quote that opens here is not closed`, {
    fix: 'Close it, or double the quotes inside the cell (""); if the file was cut off, export it again.',
  })
}

function tooLarge(text: Text, line: number, byte: number): FeedError {
  return new FeedError(`${position(text, line, byte)}: a record of more than 1 MiB`, {
    fix: 'Leave out the columns that are not needed.',
  })
}
