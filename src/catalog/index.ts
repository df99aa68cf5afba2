import { nextTurn } from '../lib/clock.ts'
import type { RecordList } from '../lib/record-list.ts'
import { plural } from '../lib/text.ts'
import { FeedError } from '../model/errors.ts'
import { isRejection, type Product, type Rejection } from '../model/product.ts'
import type { Feed } from '../model/record.ts'
import type { FeedSummary } from '../model/report.ts'
import { assemble } from './assemble.ts'
import { type Gathered, type Gathering, gather, type ReadFile } from './gather.ts'
import type { Mapping } from './mapping.ts'
import type { Originals } from './originals.ts'
import { Tally } from './tally.ts'
import { Warnings } from './warnings.ts'

/** All products of a source, read to the end and validated. Kept on disk, so it may be walked through several times. */
export interface Catalog {
  readonly summary: FeedSummary
  /** What was detected and chosen, file by file. */
  readonly files: readonly ReadFile[]
  /** Why a push must not use it, although its records could be read: nothing in it can be sent. */
  readonly refusal: FeedError | null
  /** It holds refused records that were handed back: a part of a source, however it is called. */
  readonly isCorrection: boolean
  /** The last record of a file was not ended by a line end, as in one that was cut off; null: all files know their own end. */
  readonly openEnd: boolean | null
  /** The records as they were written; null unless they were asked for. */
  readonly originals: Originals | null
  /** The records of which nothing but one product came, without a word, by its `seq`. */
  readonly list: RecordList
  /** What the bytes of these records mean by; null where records cannot be told by their bytes. */
  readonly header: string | null
  /** A known record and another one have one code, so that both make one product: it has to be read without known records. */
  readonly isClash: boolean
  /** Products and rejections in the order of the feed, without those of known records. */
  entries(): Generator<Product | Rejection>
  /** Codes that the feed names without any image: it says nothing about them. */
  blanks(): Generator<string>
  close(): void
}

/** Looked at in one go, some hundredths of a second; then it may be interrupted. */
const ENTRIES_PER_TURN = 10_000

/** What the catalog needs to know besides the feeds. */
export type CatalogOptions = Omit<Gathering, 'warnings'>

/**
 * Turns feeds into products. Throws a FeedError when the feed cannot be trusted as a whole; a single bad record becomes
 * a rejection.
 */
export async function readCatalog(feeds: AsyncIterable<Feed>, options: CatalogOptions): Promise<Catalog> {
  const warnings = new Warnings()
  const gathered = await gather(feeds, { ...options, warnings })
  try {
    const { onBadImage } = options.mapping
    const summary = await summarize(gathered, options, warnings)
    const { files, isCorrection, openEnd, originals, list, header } = gathered
    const entries = () => entriesOf(gathered, onBadImage)
    const refusal = summary.products === 0 ? nothingToSend(summary, entries()) : null
    const blanks = () => blanksOf(gathered, onBadImage)
    return {
      ...{ summary, files, refusal, isCorrection, openEnd, originals, list, header, entries, blanks },
      isClash: gathered.isClash,
      close: () => gathered.close(),
    }
  } catch (error) {
    gathered.close()
    throw error
  }
}

/** Made anew each time they are walked through, which is cheaper than keeping them beside what they are made of. */
function* entriesOf(gathered: Gathered, onBadImage: Mapping['onBadImage']): Generator<Product | Rejection> {
  const toldAlready = new Warnings()
  for (const entry of gathered.entries()) {
    const made = 'reason' in entry ? entry : assemble(entry, onBadImage, toldAlready)
    if (made !== null) yield made
  }
}

function* blanksOf(gathered: Gathered, onBadImage: Mapping['onBadImage']): Generator<string> {
  const toldAlready = new Warnings()
  for (const entry of gathered.entries()) {
    if (!('reason' in entry) && assemble(entry, onBadImage, toldAlready) === null) yield entry.code
  }
}

async function summarize(
  gathered: Gathered,
  { mapping: { onBadImage }, known, progress }: CatalogOptions,
  warnings: Warnings,
): Promise<FeedSummary> {
  const tally = gathered.tally ?? (await tallyOf(gathered, { onBadImage, progress }))
  const { counts } = tally
  return {
    files: gathered.files.map(({ file }) => file),
    records: gathered.records,
    ...counts,
    products: counts.products + (known?.count ?? 0),
    images: counts.images + (known?.images ?? 0),
    warnings: [...warnings.list(), ...tally.warnings],
  }
}

async function tallyOf(
  gathered: Gathered,
  { onBadImage, progress }: Pick<Mapping, 'onBadImage'> & Pick<Gathering, 'progress'>,
): Promise<Tally> {
  const tally = new Tally(onBadImage, gathered.list)
  let walked = 0
  for (const entry of gathered.entries()) {
    tally.add(entry)
    if (++walked % ENTRIES_PER_TURN > 0) continue
    await nextTurn()
    progress(gathered.records)
  }
  return tally
}

function nothingToSend(summary: FeedSummary, entries: Iterable<Product | Rejection>): FeedError {
  const [first] = entries
  const none = `No product of ${summary.files.join(', ')} can be sent.`
  if (first === undefined || !isRejection(first)) {
    const why = `${plural(summary.withoutImages, 'product has', 'products have')} no image.`
    return new FeedError(`${none} ${why}`, {
      fix: 'Check which columns hold the code and the images (--code-column, --image-columns).',
    })
  }
  const why = `${plural(summary.rejected, 'record was', 'records were')} rejected; the first, ${first.source}: ${first.message}`
  return new FeedError(`${none} ${why}`, {
    fix: first.fix || 'Check which columns hold the code and the images (--code-column, --image-columns).',
  })
}
