const PAGE = 500

/** Turns the chunks of a feed into records, as many as are complete so far. */
export interface ChunkReader<T> {
  read(chunk: Buffer): readonly T[] | Promise<readonly T[]>
  /** What the end of the feed completes. Throws a FeedError when it must not end here or had no records. */
  end(): readonly T[] | Promise<readonly T[]>
}

/**
 * The records in pages of at most 500. The first page is read at once, so that what the start of a feed tells (its
 * header, the array with the records) is known before the records are asked for.
 */
export async function openPages<T>(chunks: AsyncIterable<Buffer>, reader: ChunkReader<T>): Promise<AsyncIterable<T[]>> {
  const pages = toPages(chunks, reader)
  const first = await pages.next()
  return startingWith(first, pages)
}

async function* toPages<T>(chunks: AsyncIterable<Buffer>, reader: ChunkReader<T>): AsyncGenerator<T[], void> {
  let page: T[] = []
  for await (const records of toRecords(chunks, reader)) {
    for (const record of records) {
      page.push(record)
      if (page.length < PAGE) continue
      yield page
      page = []
    }
  }
  if (page.length > 0) yield page
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
