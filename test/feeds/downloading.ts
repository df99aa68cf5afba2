import { openFeed } from '../../src/feeds/index.ts'
import type { RemoteInput } from '../../src/feeds/remote/download.ts'
import type { Feed, FeedRecord } from '../../src/model/record.ts'
import { ManualClock } from '../helpers/clock.ts'
import { recordsOf, Source } from './reading.ts'

export const LAMPS = 'sku,name\nLMP-1,Desk lamp\n'

/** Downloads without a proxy, of which nothing is kept, in a time that stands still. */
export function aRemote(facts: Partial<RemoteInput> = {}): RemoteInput {
  return {
    downloads: null,
    timeoutMs: 30_000,
    proxies: { http: undefined, https: undefined, no: undefined },
    agent: 'assetsync/1.0.0',
    clock: new ManualClock(),
    stop: new AbortController().signal,
    ...facts,
  }
}

export function openUrl(url: string, facts: Partial<RemoteInput> = {}): Promise<Feed> {
  const options = { delimiter: 'auto', encoding: 'auto', records: null, code: null }
  return openFeed(url, options, { cwd: '/', stdin: new Source([]), remote: aRemote(facts) })
}

/** What a feed says of itself, and all its records. */
export async function readUrl(
  url: string,
  facts: Partial<RemoteInput> = {},
): Promise<{ file: string; notes: readonly string[]; records: FeedRecord[] }> {
  const feed = await openUrl(url, facts)
  return { file: feed.file, notes: feed.notes, records: await recordsOf(feed) }
}

/** The cells of all its records. */
export async function rowsOf(url: string, facts: Partial<RemoteInput> = {}): Promise<(readonly string[])[]> {
  const { records } = await readUrl(url, facts)
  return records.map(record => ('cells' in record ? record.cells : []))
}
