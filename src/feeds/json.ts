import { type ParsedTokenInfo, Tokenizer, TokenParser, TokenType } from '@streamparser/json'
import { plural, printable, truncate } from '../lib/text.ts'
import { FeedError } from '../model/errors.ts'
import type { ObjectRecord } from '../model/record.ts'
import type { FeedReader } from './feed.ts'
import { LIMITS } from './limits.ts'
import { LineCounter } from './lines.ts'
import { type ChunkReader, openPages, PAGE } from './pages.ts'
import { RecordsPath } from './records-path.ts'
import { position, type Text } from './text.ts'

const NOTHING: Buffer = Buffer.alloc(0)

/** An array of objects, or an object that holds one; it is never in memory as a whole. */
export const openJson: FeedReader = async (text, options) => {
  const path = new RecordsPath(options.records)
  const records = await openPages(text.bytes, new DocumentReader(text, path), PAGE)
  const place = path.found ? [`records at "${printable(path.found)}"`] : []
  return {
    file: text.file,
    format: 'json',
    columns: null,
    dialect: null,
    get notes() {
      return [...text.notes, ...text.encoding.lateNotes, ...place]
    },
    records,
    hasOpenEnd: () => false,
  }
}

/** The door to @streamparser/json. */
class DocumentReader implements ChunkReader<ObjectRecord> {
  readonly #text: Text
  readonly #path: RecordsPath
  readonly #lines = new LineCounter()
  readonly #tokenizer = new Tokenizer()
  /** Checks the grammar of the whole document and keeps nothing. */
  readonly #grammar = new TokenParser({ paths: [], keepStack: false })
  #chunk: Buffer = NOTHING
  /** Bytes before the chunk. */
  #passed = 0
  /** Where the last token starts. */
  #token = 0
  /** The record being read: where it starts, how deep, and its bytes before the chunk. */
  #record: { readonly start: number; readonly depth: number; readonly before: Buffer[] } | null = null
  #depth = 0
  #count = 0
  #isComplete = false
  #records: ObjectRecord[] = []

  constructor(text: Text, path: RecordsPath) {
    this.#text = text
    this.#path = path
    this.#tokenizer.onToken = token => this.#take(token)
  }

  read(chunk: Buffer): ObjectRecord[] {
    this.#records = []
    this.#chunk = chunk
    try {
      this.#tokenizer.write(chunk)
    } catch (error) {
      throw error instanceof FeedError ? error : this.#notJson(error)
    }
    this.#record?.before.push(this.#bytes(this.#record.start, this.#passed + chunk.length))
    this.#passed += chunk.length
    this.#lines.pass(chunk)
    this.#chunk = NOTHING
    if (!this.#isComplete) this.#refuseLarge(this.#passed)
    return this.#records
  }

  end(): ObjectRecord[] {
    if (!this.#isComplete) throw this.#cutOff()
    if (this.#count === 0) throw noRecords(this.#text.file, this.#path)
    return []
  }

  #take(token: ParsedTokenInfo): void {
    this.#token = token.offset
    if (this.#isComplete) throw this.#trailing(token.offset)
    this.#grammar.write(token)
    const mark = markOf(token)
    this.#countDepth(mark)
    if (this.#record !== null) this.#endRecord(token.offset + 1)
    else if (this.#path.isRecord(mark)) this.#startRecord(mark)
    else this.#path.follow(mark, String(token.value))
    this.#isComplete = this.#depth === 0
  }

  #startRecord(mark: string): void {
    if (mark !== '{') throw notObject(this.#place())
    this.#record = { start: this.#token, depth: this.#depth, before: [] }
  }

  /**
   * A record is parsed from its own bytes once it is complete. The token parser could build it too, but its texts lose
   * U+FEFF: it decodes them in pieces, each as if a byte order mark could stand in front of it.
   */
  #endRecord(end: number): void {
    if (this.#record === null || this.#depth >= this.#record.depth) return
    this.#refuseLarge(end)
    const bytes = Buffer.concat([...this.#record.before, this.#bytes(this.#record.start, end)])
    this.#records.push({ place: this.#place(), value: JSON.parse(bytes.toString('utf8')) })
    this.#record = null
    this.#count++
  }

  /** The part of the chunk between two positions in the text. */
  #bytes(start: number, end: number): Buffer {
    return this.#chunk.subarray(Math.max(0, start - this.#passed), Math.max(0, end - this.#passed))
  }

  #countDepth(mark: string): void {
    if (mark === '{' || mark === '[') this.#depth++
    if (mark === '}' || mark === ']') this.#depth--
    if (this.#depth > LIMITS.depth) throw this.#refusal(this.#token, `nested more than ${LIMITS.depth} levels deep`)
  }

  /** A record, or a value outside of the records, that goes on for longer than a record may. */
  #refuseLarge(end: number): void {
    if (end - (this.#record?.start ?? this.#token) <= LIMITS.recordBytes) return
    const what = this.#record === null ? `${this.#text.file}: a value` : `${this.#place()}: a record`
    throw new FeedError(`${what} of more than 1 MiB`, { fix: 'Leave out what is not needed.' })
  }

  /** The tokenizer says where it stopped in words only; a token that does not fit here is the last one. */
  #notJson(error: unknown): FeedError {
    const words = error instanceof Error ? error.message : String(error)
    const at = Number(/absolute position "(\d+)"/.exec(words)?.[1] ?? this.#token)
    if (this.#isComplete) return this.#trailing(at)
    const rest = this.#bytes(at, at + 100).toString('utf8')
    const found = truncate(printable(rest.split(/[\r\n]/, 1)[0] ?? ''), 30)
    return this.#refusal(at, `not JSON: unexpected ${found}`, error)
  }

  #trailing(at: number): FeedError {
    return this.#refusal(at, 'more text after the end of the JSON document')
  }

  #cutOff(): FeedError {
    const where = this.#path.found === null ? '' : ` after ${plural(this.#count, 'record')}`
    return this.#refusal(this.#passed, `the JSON document is cut off${where}`)
  }

  #refusal(byte: number, what: string, cause?: unknown): FeedError {
    this.#lines.pass(this.#bytes(this.#passed, byte))
    const place = position(this.#text, this.#lines.line, byte)
    return new FeedError(`${place}: ${what}`, { fix: 'Correct it, or export the feed again.', cause })
  }

  #place(): string {
    return `${this.#text.file}#${this.#count}`
  }
}

/** The punctuation mark itself, `string`, or `value` for the rest. */
function markOf({ token, value }: ParsedTokenInfo): string {
  if (token === TokenType.STRING) return 'string'
  return typeof value === 'string' ? value : 'value'
}

function notObject(place: string): FeedError {
  return new FeedError(`${place}: not an object`, { fix: 'Every element of the array must be one {…}.' })
}

function noRecords(file: string, path: RecordsPath): FeedError {
  if (path.empty !== null) {
    const where = path.empty === '' ? 'the array' : `the array at "${printable(path.empty)}"`
    return new FeedError(`${file} has no records: ${where} is empty`, { fix: 'Check that the export was finished.' })
  }
  const keys = path.keys.map(key => `"${truncate(printable(key), 40)}"`).join(', ')
  const what = path.wanted === null ? 'no array of objects' : `no array at "${printable(path.wanted)}"`
  return new FeedError(`${file} has ${what}; the document has ${keys || 'no keys'}`, {
    fix: 'Say where the records are, such as --records data.products.',
  })
}
