import { RecordList } from '../lib/record-list.ts'
import { plural } from '../lib/text.ts'
import { FeedError } from '../model/errors.ts'
import type { Rejection } from '../model/product.ts'
import type { Feed, FeedRecord } from '../model/record.ts'
import type { FeedFile } from '../model/rejects.ts'
import type { Fragment } from './fragment.ts'
import { Intake } from './intake.ts'
import type { KnownRecords } from './known.ts'
import type { Mapping } from './mapping.ts'
import { isWritten, type OpenFile, openFile } from './open-file.ts'
import { Originals } from './originals.ts'
import type { Tally } from './tally.ts'
import type { Warnings } from './warnings.ts'

/** A file of a source, as it turned out to be once it was read. */
export interface ReadFile extends FeedFile {
  /** What was detected and chosen, in words. */
  readonly notes: readonly string[]
  /** The column or path of the codes, where that was decided by looking at all records; null where the header decided it. */
  readonly codeFrom: string | null
}

export interface Gathered {
  readonly files: readonly ReadFile[]
  readonly records: number
  /** It holds refused records that were handed back: a part of a source, however it is called. */
  readonly isCorrection: boolean
  /** The last record of a file was not ended, as in a file that was cut off; null: all files know their own end. */
  readonly openEnd: boolean | null
  readonly originals: Originals | null
  /** The records of which nothing but one product came, and what their header said; null where records cannot be told by their bytes. */
  readonly list: RecordList
  readonly header: string | null
  /** A record that is known and another one have one code, so that both make one product. May seem so, once in very many. */
  readonly isClash: boolean
  /** What the entries come to; null: they have to be walked through for it. */
  readonly tally: Tally | null
  /** Fragments and rejections in the order of the feed, exactly one fragment per product code; those of known records are left out. */
  entries(): Generator<Fragment | Rejection>
  close(): void
}

export interface Gathering {
  readonly mapping: Mapping
  readonly warnings: Warnings
  /** Keep the records as they were written, for `--rejects`. */
  readonly keepOriginals: boolean
  /** Records that are passed over when they are as they were. Default: none. */
  readonly known?: KnownRecords | null
  readonly progress: (records: number) => void
}

/** A line more or less makes no difference to them. */
const KNOWS_NO_END: readonly Feed['format'][] = ['csv', 'ndjson']

/** Reads all feeds to the end onto disk. Records of one product may lie anywhere. */
export async function gather(feeds: AsyncIterable<Feed>, gathering: Gathering): Promise<Gathered> {
  const reader = new Reader(gathering)
  try {
    for await (const feed of feeds) await reader.read(feed)
    reader.end()
    return reader
  } catch (error) {
    reader.close()
    throw error
  }
}

class Reader implements Gathered {
  readonly files: ReadFile[] = []
  readonly originals: Originals | null
  records = 0
  isCorrection = false
  openEnd: boolean | null = null
  readonly list = new RecordList()
  header: string | null = null
  isClash = false
  readonly #known: KnownRecords | null
  readonly #mapping: Mapping
  readonly #progress: (records: number) => void
  readonly #intake: Intake
  /** Where the code was looked for, file by file. */
  readonly #codes: string[] = []

  constructor({ mapping, warnings, keepOriginals, known = null, progress }: Gathering) {
    this.#mapping = mapping
    this.#known = known
    this.#intake = new Intake(warnings, mapping.onBadImage, this.list)
    this.#progress = progress
    this.originals = keepOriginals ? new Originals() : null
  }

  async read(feed: Feed): Promise<void> {
    this.originals?.begin()
    let file: OpenFile | null = null
    try {
      // Whatever is wrong with its header, the feed is closed when the loop is left.
      for await (const page of feed.records) {
        if (page.length === 0) continue
        file ??= this.#opened(feed, page)
        for (const record of page) this.#read(record, file)
        if (this.#known !== null && file.isLike(this.#known)) feed.recognise?.(this.#known)
        if (this.#known !== null) this.#intake.flush()
        this.#progress(this.records)
      }
      if (feed.columns !== null) file ??= this.#opened(feed, [])
      if (file !== null) this.#finish(feed, file)
    } finally {
      file?.choice.close()
    }
  }

  end(): void {
    if (this.records === 0) {
      const files = this.#names() || 'The feed'
      throw new FeedError(`${files} holds no records.`, { fix: 'Check that the export was finished.' })
    }
    if (this.#intake.isWithoutCodes) throw this.#withoutCodes()
    this.#intake.end()
    const codes = this.#intake.releaseCodes()
    this.isClash = this.#known?.someCode(code => codes.hasHash(code)) ?? false
    this.#known?.release()
  }

  entries(): Generator<Fragment | Rejection> {
    return this.#intake.entries()
  }

  get tally(): Tally | null {
    return this.#intake.tally
  }

  close(): void {
    this.#intake.close()
    this.originals?.close()
  }

  #opened(feed: Feed, page: readonly FeedRecord[]): OpenFile {
    const file = openFile(feed, page, this.#mapping)
    this.isCorrection ||= file.isCorrection
    return file
  }

  #read(record: FeedRecord, file: OpenFile): void {
    if (this.#isKnown(record, file)) {
      this.records++
      return
    }
    const { binding, choice } = file
    const reading = binding.read(record)
    if (reading.blank) return
    this.records++
    this.originals?.add(record, reading)
    const digest = isWritten(record) ? record.digest : undefined
    for (const decided of choice.take(reading)) {
      // One that had to wait is not told again; there are few.
      this.#intake.take(decided, choice.level, binding, decided === reading ? digest : undefined)
    }
  }

  /** The record is as it was, and so is the product that comes of it. */
  #isKnown(record: FeedRecord, file: OpenFile): boolean {
    const known = this.#known
    if (known === null || !isWritten(record) || !file.isLike(known)) return false
    const { line, digest } = record
    const place = record.known === undefined ? known.recognise(digest) : record.known
    if (place === null) return false
    const { code, images } = known.meet(place, { seq: this.#intake.next, line })
    this.#intake.skip(digest, code, images)
    return true
  }

  #finish(feed: Feed, open: OpenFile): void {
    const { binding, choice } = open
    for (const decided of choice.end()) this.#intake.take(decided, choice.level, binding)
    binding.end()
    this.header = this.files.length === 0 ? open.header : null // where codes are is decided by now
    if (KNOWS_NO_END.includes(feed.format)) this.openEnd = this.openEnd === true || feed.hasOpenEnd()
    this.#codes.push(...binding.codes)
    const { file, format, columns, dialect } = feed // what it is in is known for certain only now
    const codeFrom = binding.codes.length > 1 ? (binding.codes[choice.level] ?? null) : null
    const count = this.#known?.count ?? 0
    const knownNotes = count > 0 ? [`${plural(count, 'record')} as in the last run`] : []
    const notes = [...feed.notes, ...binding.notes, choice.note, ...knownNotes]
    this.files.push({ file, format, columns, dialect, notes, codeFrom })
  }

  #names(): string {
    return this.files.map(({ file }) => file).join(', ')
  }

  #withoutCodes(): FeedError {
    const names = [...new Set(this.#codes)].map(name => `"${name}"`).join(' and ')
    const where = `${this.#names()}: ${names} ${names.includes(' and ') ? 'are' : 'is'} blank`
    return new FeedError(`No record has a product code. ${where} in all ${plural(this.records, 'record')}.`, {
      fix: 'Name the column that holds it with --code-column.',
    })
  }
}
