import { chunks as cut } from '../lib/chunks.ts'

/** The largest page, and what tells enough of a feed whose records are objects. */
export const PAGE = 500

/** Turns the chunks of a feed into records, as many as are complete so far. */
export interface ChunkReader<T> {
  read(chunk: Buffer): readonly T[] | Promise<readonly T[]>
  /** What the end of the feed completes. Throws a FeedError when it must not end here or had no records. */
  end(): readonly T[] | Promise<readonly T[]>
}

/**
 * The records in pages of at most 500. The first page is read at once, so that what the start of a feed tells (its
 * header, the array with the records) is known before the records are asked for; it has `sample` records, if there are so many. After
 * it a page ends where a chunk ends: while the next chunk is awaited, nothing is held of what was read.
 *
 * @param sample by so many records it is decided how the feed is read; at most 500
 */
export async function openPages<T>(
  chunks: AsyncIterable<Buffer>,
  reader: ChunkReader<T>,
  sample: number,
): Promise<AsyncIterable<readonly T[]>> {
  const pages = toPages(chunks, reader, sample)
  const first = await pages.next()
  return startingWith(first, pages)
}

async function* toPages<T>(
  chunks: AsyncIterable<Buffer>,
  reader: ChunkReader<T>,
  sample: number,
): AsyncGenerator<readonly T[], void> {
  let first: T[] | null = []
  for await (const records of toRecords(chunks, reader)) {
    if (first === null) {
      yield* cut(records, PAGE)
      continue
    }
    for (const record of records) first.push(record)
    if (first.length < sample) continue
    yield first.slice(0, sample)
    yield* cut(first.slice(sample), PAGE)
    first = null
  }
  if (first !== null && first.length > 0) yield first
}

async function* toRecords<T>(chunks: AsyncIterable<Buffer>, reader: ChunkReader<T>): AsyncGenerator<readonly T[]> {
  for await (const chunk of chunks) yield await reader.read(chunk)
  yield await reader.end()
}

async function* startingWith<T>(first: IteratorResult<T, void>, rest: AsyncGenerator<T, void>): AsyncGenerator<T> {
  try {
    if (first.done) return
    yield first.value
    yield* rest
  } finally {
    await rest.return()
  }
}
