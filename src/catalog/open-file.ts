import type { Feed, FeedRecord, TableRecord } from '../model/record.ts'
import { REASON } from '../model/rejects.ts'
import { CodeChoice } from './code-choice.ts'
import type { KnownRecords } from './known.ts'
import type { Binding, Mapping } from './mapping.ts'
import { bindObjects } from './objects.ts'
import { commonKeys, sampleOf } from './sample.ts'
import { bindTable } from './table.ts'

/** A record with what is told of how it is written. */
type WrittenRecord = TableRecord & Required<Pick<TableRecord, 'line' | 'digest'>>

/** What `OpenFile` is made of. */
interface Opened {
  readonly binding: Binding
  /** It holds refused records that were handed back. */
  readonly isCorrection: boolean
  /** What decides, besides the binding, what the bytes of a record mean; null where they do not tell it from others. */
  readonly dialect: string | null
}

/** A file that is being read. */
export class OpenFile {
  readonly binding: Binding
  readonly isCorrection: boolean
  readonly choice: CodeChoice
  readonly #dialect: string | null
  #isKnown: boolean | null = null

  constructor({ binding, isCorrection, dialect }: Opened) {
    this.binding = binding
    this.isCorrection = isCorrection
    this.choice = new CodeChoice(binding)
    this.#dialect = dialect
  }

  /** What the bytes of a record mean by, once it is decided where codes are; null where one record does not tell what comes of it. */
  get header(): string | null {
    if (this.#dialect === null || this.binding.groupImages !== null) return null
    return `${this.choice.level} ${this.#dialect}`
  }

  /** Records of last time meant the same. */
  isLike(known: KnownRecords): boolean {
    if (!this.choice.isDecided) return false
    this.#isKnown ??= known.isFor(this.header)
    return this.#isKnown
  }
}

export function isWritten(record: FeedRecord): record is WrittenRecord {
  return 'cells' in record && record.line !== undefined && record.digest !== undefined
}

/** Decides by the header of a table, or by the first page of objects, how the records of a feed are read; a FeedError when it cannot be. */
export function openFile(feed: Feed, page: readonly FeedRecord[], mapping: Mapping): OpenFile {
  const { file, columns, dialect } = feed
  if (columns !== null) {
    return new OpenFile({
      binding: bindTable(file, columns, mapping),
      isCorrection: columns.includes(REASON),
      dialect: JSON.stringify([columns, dialect?.delimiter]),
    })
  }
  const sample = sampleOf(page)
  return new OpenFile({
    binding: bindObjects(file, sample, mapping, commonKeys(page)),
    isCorrection: Object.hasOwn(sample, REASON),
    dialect: null,
  })
}
