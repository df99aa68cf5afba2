import { type FeedOptions, openFeed } from '../../src/feeds/index.ts'
import { FeedError } from '../../src/model/errors.ts'
import type { Feed, FeedRecord, ObjectRecord, TableRecord } from '../../src/model/record.ts'

const OPTIONS: FeedOptions = { delimiter: 'auto', encoding: 'auto', records: null, code: null }

/** A source of chunks that knows whether it was closed before its end. */
export class Source implements AsyncIterable<Uint8Array> {
  isClosed = false
  pulled = 0
  readonly #chunks: Iterable<Uint8Array>

  constructor(chunks: Iterable<Uint8Array>) {
    this.#chunks = chunks
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    try {
      for (const chunk of this.#chunks) {
        this.pulled++
        yield chunk
      }
    } finally {
      this.isClosed = true
    }
  }
}

/** A feed on standard input. */
export function openInput(source: AsyncIterable<Uint8Array>, options: Partial<FeedOptions> = {}): Promise<Feed> {
  return openFeed('-', { ...OPTIONS, ...options }, { cwd: '/', stdin: source })
}

/** A feed in a file under `cwd`. */
export function openFile(file: string, cwd: string, options: Partial<FeedOptions> = {}): Promise<Feed> {
  return openFeed(file, { ...OPTIONS, ...options }, { cwd, stdin: new Source([]) })
}

/** All records of a text or of bytes that come on standard input, in chunks of `size` bytes. */
export async function read(
  content: string | Uint8Array,
  options: Partial<FeedOptions> = {},
  size = 65_536,
): Promise<{ feed: Feed; records: FeedRecord[] }> {
  const bytes = Buffer.from(content)
  const feed = await openInput(new Source(cut(bytes, size)), options)
  return { feed, records: await recordsOf(feed) }
}

export async function readTable(content: string | Uint8Array, options: Partial<FeedOptions> = {}) {
  const { feed, records } = await read(content, options)
  return { columns: feed.columns, notes: feed.notes, records: records as TableRecord[] }
}

export async function readObjects(content: string | Uint8Array, options: Partial<FeedOptions> = {}) {
  const { feed, records } = await read(content, options)
  return { format: feed.format, notes: feed.notes, records: records as ObjectRecord[] }
}

/** Without what is told of how they are written. */
export async function recordsOf(feed: Feed): Promise<FeedRecord[]> {
  const records = await recordsAsWritten(feed)
  return records.map(record => ('cells' in record ? { place: record.place, cells: record.cells } : record))
}

export async function recordsAsWritten(feed: Feed): Promise<FeedRecord[]> {
  const records: FeedRecord[] = []
  for await (const page of feed.records) records.push(...page)
  return records
}

/** The message of the FeedError that reading ends with. */
export async function refusal(reading: Promise<unknown>): Promise<string> {
  const error = await reading.then(
    () => null,
    (error: unknown) => error,
  )
  if (!(error instanceof FeedError)) throw new Error(`expected a FeedError, got ${error}`)
  return error.message
}

export function* cut(bytes: Uint8Array, size: number): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}
