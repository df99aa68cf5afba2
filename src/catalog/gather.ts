import { plural } from '../lib/text.ts'
import { FeedError } from '../model/errors.ts'
import type { Rejection } from '../model/product.ts'
import type { Feed, FeedRecord } from '../model/record.ts'
import { type FeedFile, REASON } from '../model/rejects.ts'
import { CodeChoice } from './code-choice.ts'
import type { Fragment } from './fragment.ts'
import { Intake } from './intake.ts'
import type { Binding, Mapping } from './mapping.ts'
import { bindObjects } from './objects.ts'
import { Originals } from './originals.ts'
import { commonKeys, sampleOf } from './sample.ts'
import { bindTable } from './table.ts'
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
  /** Fragments and rejections in the order of the feed, exactly one fragment per product code. */
  entries(): Generator<Fragment | Rejection>
  close(): void
}

export interface Gathering {
  readonly mapping: Mapping
  readonly warnings: Warnings
  /** Keep the records as they were written, for `--rejects`. */
  readonly keepOriginals: boolean
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
  readonly #mapping: Mapping
  readonly #progress: (records: number) => void
  readonly #intake: Intake
  /** Where the code was looked for, file by file. */
  readonly #codes: string[] = []

  constructor({ mapping, warnings, keepOriginals, progress }: Gathering) {
    this.#mapping = mapping
    this.#intake = new Intake(warnings)
    this.#progress = progress
    this.originals = keepOriginals ? new Originals() : null
  }

  async read(feed: Feed): Promise<void> {
    this.originals?.begin()
    this.isCorrection ||= feed.columns?.includes(REASON) === true
    let file: OpenFile | null = null
    try {
      // Whatever is wrong with its header, the feed is closed when the loop is left.
      for await (const page of feed.records) {
        if (page.length === 0) continue
        file ??= this.#open(feed, page)
        for (const record of page) this.#read(record, file)
        this.#progress(this.records)
      }
      if (feed.columns !== null) file ??= this.#open(feed, [])
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
  }

  entries(): Generator<Fragment | Rejection> {
    return this.#intake.entries()
  }

  close(): void {
    this.#intake.close()
    this.originals?.close()
  }

  #open({ file, columns }: Feed, page: readonly FeedRecord[]): OpenFile {
    if (columns !== null) return opened(bindTable(file, columns, this.#mapping))
    const sample = sampleOf(page)
    this.isCorrection ||= Object.hasOwn(sample, REASON)
    return opened(bindObjects(file, sample, this.#mapping, commonKeys(page)))
  }

  #read(record: FeedRecord, { binding, choice }: OpenFile): void {
    const reading = binding.read(record)
    if (reading.blank) return
    this.records++
    this.originals?.add(record, reading)
    for (const decided of choice.take(reading)) this.#intake.take(decided, choice.level, binding)
  }

  #finish(feed: Feed, { binding, choice }: OpenFile): void {
    for (const decided of choice.end()) this.#intake.take(decided, choice.level, binding)
    binding.end()
    if (KNOWS_NO_END.includes(feed.format)) this.openEnd = this.openEnd === true || feed.hasOpenEnd()
    this.#codes.push(...binding.codes)
    const { file, format, columns, dialect } = feed // what it is in is known for certain only now
    const codeFrom = binding.codes.length > 1 ? (binding.codes[choice.level] ?? null) : null
    const notes = [...feed.notes, ...binding.notes, choice.note]
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

/** A file that is being read. */
interface OpenFile {
  readonly binding: Binding
  readonly choice: CodeChoice
}

function opened(binding: Binding): OpenFile {
  return { binding, choice: new CodeChoice(binding) }
}
