import { resolve } from 'node:path'
import { UsageError } from '../model/errors.ts'
import type { Feed } from '../model/record.ts'
import { openCsv } from './csv.ts'
import { encodingName } from './decode.ts'
import { delimiterOf } from './delimiter.ts'
import type { FeedOptions, FeedReader } from './feed.ts'
import { readFile, readInput } from './file.ts'
import { findFormat } from './format.ts'
import { openJson } from './json.ts'
import { openNdjson } from './ndjson.ts'
import { Peekable } from './peekable.ts'
import { openText } from './text.ts'

export type { FeedOptions } from './feed.ts'
export { expandSources } from './sources.ts'

const READERS: Record<Feed['format'], FeedReader> = { csv: openCsv, json: openJson, ndjson: openNdjson }

/** What feeds are read from, besides files. */
export interface FeedInput {
  readonly cwd: string
  readonly stdin: AsyncIterable<Uint8Array>
}

/**
 * Opens a file, or standard input for `-`, and recognises what it is. The feed holds its source open until its records
 * are read or left. Throws a UsageError for options that make no sense, and a FeedError for what is no feed.
 */
export async function openFeed(source: string, options: FeedOptions, input: FeedInput): Promise<Feed> {
  refuseNonsense(options)
  const file = source === '-' ? 'stdin' : source
  const bytes = new Peekable(source === '-' ? readInput(input.stdin, file) : readFile(resolve(input.cwd, source), file))
  try {
    const text = await openText(bytes, file, options.encoding)
    const format = await findFormat(text, options.records)
    return await READERS[format](text, options)
  } catch (error) {
    await bytes.close()
    throw error
  }
}

function refuseNonsense(options: FeedOptions): void {
  if (options.encoding !== 'auto') encodingName(options.encoding)
  if (options.delimiter !== 'auto') delimiterOf(options.delimiter)
  if (options.records?.split('.').includes('')) {
    throw new UsageError(`"${options.records}" is no path to records`, { fix: 'Write it as in "data.products".' })
  }
}
