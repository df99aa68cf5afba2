import type { FeedRecord, TableRecord } from '../model/record.ts'
import { CodeChoice } from './code-choice.ts'
import type { KnownRecords } from './known.ts'
import type { Binding } from './mapping.ts'

/** A record with what is told of how it is written. */
type WrittenRecord = TableRecord & Required<Pick<TableRecord, 'written'>>

/** A file that is being read. */
export class OpenFile {
  readonly binding: Binding
  readonly choice: CodeChoice
  readonly #dialect: string | null
  #isKnown: boolean | null = null

  /** @param dialect what decides, besides the binding, what the bytes of a record mean; null where they do not tell it from others */
  constructor(binding: Binding, dialect: string | null) {
    this.binding = binding
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
  return 'cells' in record && record.written !== undefined
}
