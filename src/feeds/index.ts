import { UsageError } from '../model/errors.ts'
import type { Feed } from '../model/record.ts'
import { encodingName } from './decode.ts'
import { delimiterOf } from './delimiter.ts'
import type { FeedOptions, FeedReader } from './feed.ts'
import { findFormat } from './format.ts'
import { type FeedInput, openInput } from './input.ts'
import { Peekable } from './peekable.ts'
import { openText } from './text.ts'

export type { FeedOptions } from './feed.ts'
export type { FeedInput } from './input.ts'
export { sourceLabel } from './remote/address.ts'
export type { RemoteInput } from './remote/download.ts'
export { expandSources } from './sources.ts'

/** Loaded when they are needed: each format has a parser of its own. */
const READERS: Record<Feed['format'], () => Promise<FeedReader>> = {
  csv: async () => (await import('./csv.ts')).openCsv,
  json: async () => (await import('./json.ts')).openJson,
  ndjson: async () => (await import('./ndjson.ts')).openNdjson,
  xml: async () => (await import('./xml.ts')).openXml,
}

/**
 * Opens a file, standard input for `-`, or a URL, and recognises what it is. The feed holds its source open until its
 * records are read or left. Throws a UsageError for options that make no sense, and a FeedError for what is no feed.
 */
export async function openFeed(source: string, options: FeedOptions, input: FeedInput): Promise<Feed> {
  refuseNonsense(options)
  const { file, bytes: opened, notes } = await openInput(source, input)
  const bytes = new Peekable(opened)
  try {
    const text = await openText(bytes, file, options.encoding)
    const format = await findFormat(text, options.records)
    const open = await READERS[format]()
    return await open({ ...text, notes: [...notes, ...text.notes] }, options)
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
