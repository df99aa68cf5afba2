import { CR, LF } from './ascii.ts'
import { cutRows, isPlain } from './fast/cut-rows.ts'
import { type Foresight, type Row, told } from './row.ts'
import type { RowParser } from './rows.ts'
import type { Text } from './text.ts'
import type { Spot } from './utf8.ts'

/** How many bytes csv-parse is given at first where a row is not sure: some rows, too few to be felt. */
const SHARE = 4096

const NOTHING: Buffer = Buffer.alloc(0)
const LINE_END = Buffer.of(LF)

/**
 * Cuts text into rows and cells exactly as csv-parse does, but cuts by itself, many times as fast, as long as it is sure of
 * the rows. From one that it is not sure of csv-parse reads on: some rows only, but more each time that they were too few.
 * The rows above a fault are given before it is thrown. Cells may be parts of a larger text, which lives as long as they do.
 */
export class RowReader {
  readonly #text: Text
  readonly #delimiter: string
  readonly #isPlain: boolean
  #isSure: boolean
  /** Where the bytes start that are in no row yet, and these bytes, while rows are sure. */
  #next: Spot = { line: 1, byte: 0 }
  #rest = NOTHING
  /** Has the bytes that are in no row yet, while rows are not sure. */
  #parser: RowParser | null = null
  #share = 0
  /** How many bytes were cut since csv-parse was needed last. */
  #cutBytes = 0
  #foresight: Foresight | null = null

  constructor(text: Text, delimiter: string) {
    this.#text = text
    this.#delimiter = delimiter
    this.#isPlain = isPlain(delimiter)
    this.#isSure = this.#isPlain
  }

  /** From the next chunk on, says of each row whether it is known; those that are have no cells. */
  recognise(foresight: Foresight): void {
    this.#foresight = foresight
  }

  /** The rows that this chunk completes. */
  async *read(chunk: Buffer): AsyncGenerator<readonly Row[]> {
    for (let bytes = chunk; bytes.length > 0; ) bytes = yield* this.#isSure ? this.#cut(bytes) : this.#parse(bytes)
  }

  /** The last row, when no line end follows it. */
  async *end(): AsyncGenerator<readonly Row[]> {
    if (this.#isSure && (yield* this.#cutLast())) return
    const parser = await this.#openParser()
    for await (const rows of parser.read(this.#rest)) yield this.#told(rows)
    for await (const rows of parser.end()) yield this.#told(rows)
  }

  /** Returns what is left to csv-parse. */
  *#cut(chunk: Buffer): Generator<readonly Row[], Buffer> {
    const bytes = this.#rest.length > 0 ? Buffer.concat([this.#rest, chunk]) : chunk
    const { rows, size, next, isSure } = cutRows(bytes, this.#delimiter, this.#next, this.#foresight)
    if (rows.length > 0) yield rows
    this.#next = next
    this.#cutBytes += size
    this.#isSure = isSure
    this.#rest = isSure ? bytes.subarray(size) : NOTHING
    return isSure ? NOTHING : bytes.subarray(size)
  }

  /** Returns whether the end was sure as well. A CR could be half of the line end that is put there. */
  *#cutLast(): Generator<readonly Row[], boolean> {
    if (this.#rest.length === 0) return true
    if (this.#rest.at(-1) === CR) return false
    const bytes = Buffer.concat([this.#rest, LINE_END])
    const { rows, size } = cutRows(bytes, this.#delimiter, this.#next)
    if (size < bytes.length) return false
    yield this.#told(rows.map(row => ({ ...row, lineEnd: '' })))
    return true
  }

  /** Returns what is left; that includes what csv-parse has of the next row, once it has completed some. */
  async *#parse(bytes: Buffer): AsyncGenerator<readonly Row[], Buffer> {
    const parser = await this.#openParser()
    const share = this.#isPlain ? bytes.subarray(0, this.#share) : bytes
    for await (const rows of parser.read(share)) {
      yield this.#told(rows)
      this.#isSure = this.#isPlain
    }
    const left = bytes.subarray(share.length)
    if (!this.#isSure) {
      this.#share *= 2
      return left
    }
    this.#next = parser.next
    this.#parser = null
    this.#cutBytes = 0
    return Buffer.concat([parser.rest, left])
  }

  #told(rows: readonly Row[]): readonly Row[] {
    const foresight = this.#foresight
    return foresight === null ? rows : rows.map(row => told(row, foresight))
  }

  /** csv-parse is loaded only where it is needed, which in most feeds it is not. */
  async #openParser(): Promise<RowParser> {
    if (this.#parser !== null) return this.#parser
    const { RowParser } = await import('./rows.ts')
    this.#share = this.#cutBytes >= this.#share ? SHARE : this.#share * 2
    this.#parser = new RowParser(this.#text, this.#delimiter, this.#next)
    return this.#parser
  }
}
