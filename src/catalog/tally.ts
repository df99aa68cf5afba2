import type { RecordList } from '../lib/record-list.ts'
import { isRejection, type Rejection } from '../model/product.ts'
import type { FeedWarning } from '../model/report.ts'
import { RANKS_PER_PLACE } from '../model/step.ts'
import { assemble } from './assemble.ts'
import type { Fragment } from './fragment.ts'
import type { Mapping } from './mapping.ts'
import { Warnings } from './warnings.ts'

/** Counts what becomes of the records of a feed, and collects what should be said about it. */
export class Tally {
  readonly #onBadImage: Mapping['onBadImage']
  readonly #list: RecordList
  readonly #warnings = new Warnings()
  readonly #counts = { products: 0, images: 0, rejected: 0, withoutImages: 0 }

  /** @param list where it is noted that a product came of a record without a word */
  constructor(onBadImage: Mapping['onBadImage'], list: RecordList) {
    this.#onBadImage = onBadImage
    this.#list = list
  }

  get counts() {
    return { ...this.#counts }
  }

  get warnings(): readonly FeedWarning[] {
    return this.#warnings.list()
  }

  /** @param entry all fragments of one code, or something that was rejected */
  add(entry: Fragment | Rejection): void {
    const warned = this.#warnings.count
    const made = 'reason' in entry ? entry : assemble(entry, this.#onBadImage, this.#warnings)
    if (made === null) this.#counts.withoutImages++
    else if (isRejection(made)) this.#counts.rejected++
    else {
      const { length } = made.gallery
      this.#counts.products++
      this.#counts.images += length
      const isSilent = made.dropped === null && this.#warnings.count === warned
      // The steps of more images could not be told from those of the next record.
      if (isSilent && length < RANKS_PER_PLACE) this.#list.complete(made.seq, length)
    }
  }
}
