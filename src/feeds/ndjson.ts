import { printable } from '../lib/text.ts'
import { FeedError } from '../model/errors.ts'
import { isJsonObject } from '../model/json.ts'
import type { ObjectRecord } from '../model/record.ts'
import { LF } from './ascii.ts'
import type { FeedReader } from './feed.ts'
import { isEmpty } from './format.ts'
import { LIMITS } from './limits.ts'
import { type ChunkReader, openPages, PAGE } from './pages.ts'

/** One object per line; blank lines mean nothing. */
export const openNdjson: FeedReader = async text => {
  const lines = new LineReader(text.file)
  const records = await openPages(text.bytes, lines, PAGE)
  return {
    file: text.file,
    format: 'ndjson',
    columns: null,
    dialect: null,
    get notes() {
      return [...text.notes, ...text.encoding.lateNotes]
    },
    records,
    hasOpenEnd: () => lines.hasOpenEnd,
  }
}

class LineReader implements ChunkReader<ObjectRecord> {
  hasOpenEnd = false
  readonly #file: string
  #line = 0
  #count = 0
  #rest: Buffer[] = []
  #restBytes = 0

  constructor(file: string) {
    this.#file = file
  }

  read(chunk: Buffer): ObjectRecord[] {
    this.hasOpenEnd = chunk.at(-1) !== LF
    const records: ObjectRecord[] = []
    let start = 0
    for (let end = chunk.indexOf(LF); end !== -1; end = chunk.indexOf(LF, start)) {
      this.#hold(chunk.subarray(start, end))
      records.push(...this.#takeLine())
      start = end + 1
    }
    this.#hold(chunk.subarray(start))
    return records
  }

  end(): ObjectRecord[] {
    const records = this.#takeLine()
    if (this.#count === 0) throw isEmpty(this.#file)
    return records
  }

  #hold(bytes: Buffer): void {
    this.#rest.push(bytes)
    this.#restBytes += bytes.length
    if (this.#restBytes > LIMITS.recordBytes) {
      throw new FeedError(`${this.#file}:${this.#line + 1}: a line of more than 1 MiB`, {
        fix: 'Write one object per line; if this is one JSON document, name the file .json.',
      })
    }
  }

  #takeLine(): ObjectRecord[] {
    const bytes = this.#rest.length === 1 ? this.#rest[0] : Buffer.concat(this.#rest)
    const line = bytes?.toString('utf8').trim() ?? '' // a byte order mark is a blank, too
    this.#rest = []
    this.#restBytes = 0
    this.#line++
    if (line === '') return []
    this.#count++
    return [parseLine(line, `${this.#file}:${this.#line}`)]
  }
}

function parseLine(line: string, place: string): ObjectRecord {
  const value = parse(line, place)
  if (!isJsonObject(value)) throw new FeedError(`${place}: not an object`, { fix: 'Every line must be one {…}.' })
  if (isDeeper(value, LIMITS.depth)) throw new FeedError(`${place}: nested more than ${LIMITS.depth} levels deep`)
  return { place, value }
}

function parse(line: string, place: string): unknown {
  try {
    return JSON.parse(line)
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error)
    // Newer engines add a place of their own, which is that in this one line and not in the file.
    const why = printable(words.replace(/ \(line 1 column \d+\)$/, ''))
    throw new FeedError(`${place}: not JSON: ${why}`, {
      fix: 'Correct the line; if it is the last one, the file may be cut off.',
      cause: error,
    })
  }
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false
  return levels === 0 || Object.values(value).some(member => isDeeper(member, levels - 1))
}
