import { pipeline } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { FeedError } from '../model/errors.ts'

/** Inflates a gzip stream. Throws a FeedError when it is cut off or damaged. */
export async function* gunzip(chunks: AsyncIterable<Buffer>, file: string): AsyncGenerator<Buffer> {
  const inflated = createGunzip({ chunkSize: 64 * 1024 })
  pipeline(chunks, inflated, () => undefined) // a failure of either side is thrown by the loop below
  try {
    for await (const chunk of inflated) yield chunk
  } catch (error) {
    throw error instanceof FeedError ? error : damaged(file, error)
  }
}

function damaged(file: string, error: unknown): FeedError {
  const why = error instanceof Error ? error.message : String(error)
  return new FeedError(`${file} is not a complete gzip file: ${why}`, {
    fix: 'It was probably cut off on the way: download or export it again.',
    cause: error,
  })
}
