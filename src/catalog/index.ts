import { Spool } from '../lib/spool.ts'
import { plural } from '../lib/text.ts'
import { FeedError } from '../model/errors.ts'
import { isRejection, type Product, type Rejection } from '../model/product.ts'
import type { Feed } from '../model/record.ts'
import type { FeedSummary } from '../model/report.ts'
import { assemble } from './assemble.ts'
import { type Gathered, gather } from './gather.ts'
import type { Mapping } from './mapping.ts'
import { Warnings } from './warnings.ts'

/** All products of a source, read to the end and validated. Kept on disk, so it may be walked through several times. */
export interface Catalog {
  readonly summary: FeedSummary
  /** What was detected and chosen while reading, in words. */
  readonly notes: readonly string[]
  /** Products and rejections in the order of the feed. */
  entries(): Generator<Product | Rejection>
  /** Codes that the feed names without any image: it says nothing about them. */
  blanks(): Generator<string>
  close(): void
}

/**
 * Turns feeds into products. Throws a FeedError when the feed cannot be trusted as a whole or holds nothing that could
 * be sent; a single bad record becomes a rejection.
 */
export async function readCatalog(
  feeds: AsyncIterable<Feed>,
  mapping: Mapping,
  progress: (records: number) => void,
): Promise<Catalog> {
  const warnings = new Warnings()
  const gathered = await gather(feeds, mapping, warnings, progress)
  const spool = new Spool<Product | Rejection>()
  const blanks = new Spool<string>()
  const close = () => {
    spool.close()
    blanks.close()
  }
  try {
    const summary = writeEntries(gathered, { spool, blanks }, mapping, warnings)
    if (summary.products === 0) throw nothingToSend(summary, spool)
    return { summary, notes: gathered.notes, entries: () => spool.read(), blanks: () => blanks.read(), close }
  } catch (error) {
    close()
    throw error
  } finally {
    gathered.close()
  }
}

function writeEntries(
  gathered: Gathered,
  { spool, blanks }: { spool: Spool<Product | Rejection>; blanks: Spool<string> },
  mapping: Mapping,
  warnings: Warnings,
): FeedSummary {
  const counts = { products: 0, images: 0, rejected: 0, withoutImages: 0 }
  for (const entry of gathered.entries()) {
    const made = 'reason' in entry ? entry : assemble(entry, mapping, warnings)
    if (made === null) {
      counts.withoutImages++
      if ('code' in entry && entry.code !== null) blanks.append(entry.code)
      continue
    }
    if (isRejection(made)) counts.rejected++
    else {
      counts.products++
      counts.images += made.gallery.length
    }
    spool.append(made)
  }
  return { files: gathered.files, records: gathered.records, ...counts, warnings: warnings.list() }
}

function nothingToSend(summary: FeedSummary, spool: Spool<Product | Rejection>): FeedError {
  const [first] = spool.read()
  const why =
    first !== undefined && isRejection(first)
      ? `${plural(summary.rejected, 'record was', 'records were')} rejected; the first, ${first.source}: ${first.message}`
      : `${plural(summary.withoutImages, 'product has', 'products have')} no image.`
  return new FeedError(`No product of ${summary.files.join(', ')} can be sent. ${why}`, {
    fix: 'Check which columns hold the code and the images (--code-column, --image-columns).',
  })
}
