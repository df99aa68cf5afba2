import type { Feed } from '../model/record.ts'
import type { Text } from './text.ts'

/** How a feed is to be read, where looking at it is not enough. */
export interface FeedOptions {
  /** CSV: one character, the word `tab`, or `auto`. */
  readonly delimiter: string
  /**
   * The name of an encoding, such as `windows-1252`, or `auto`: UTF-8, unless the bytes say UTF-16 or windows-1252. A byte
   * order mark wins over both.
   */
  readonly encoding: string
  /** JSON: dotted path of the array with the records, such as `data.products`; null finds the first array of objects. */
  readonly records: string | null
  /** The configured code column, if any; it only helps to recognise the header line. */
  readonly code: string | null
}

/**
 * Reads one format. The sentences of this contract are repeated by the contract kit, which runs against every reader.
 *
 * 1. Every record MUST come exactly once, in the order of the feed, with the place where it starts.
 * 2. Texts MUST arrive as they were written, but for blanks around a cell of a table: no numbers made of them, whatever
 *    characters they hold.
 * 3. How the bytes are cut into chunks, the line ends and a byte order mark MUST make no difference.
 * 4. Records MUST come in pages, and MUST be forgotten once handed over: memory does not grow with the feed. A text may
 *    be a part of a larger one, which stays as long as it does: who keeps some of every record copies them.
 * 5. A feed that ends too early, is damaged, or has no records MUST be refused with a FeedError that says where, never
 *    read in part without a word.
 * 6. A record over the limits MUST be refused.
 * 7. Leaving the records early, and every failure, MUST close the source.
 */
export type FeedReader = (text: Text, options: FeedOptions) => Promise<Feed>
