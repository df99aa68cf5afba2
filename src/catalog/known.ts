import { RecordList } from '../lib/record-list.ts'

/** Records that were jumped over for certain after every record that was not found. */
const JUMP_PER_MISS = 4
const LEAST_JUMP = 1000

/** Where a record of then is now. */
export interface Place {
  readonly seq: number
  readonly line: number
}

/**
 * Tells records of a feed that are byte for byte those of the last time, in the order of then. One that has moved far is not told:
 * a long jump is believed only when many records in a row were not found where they were expected.
 */
export class KnownRecords {
  #last: RecordList
  readonly #header: string
  /** By place of then: 1 more than its place now, 0: it is not there, and its line. */
  readonly #seqs: Int32Array
  readonly #lines: Int32Array
  #index: Int32Array | null = null
  #next = 0
  #missed = 0
  count = 0
  images = 0

  /** @param header what the feed's header said then */
  constructor(last: RecordList, header: string) {
    this.#last = last
    this.#header = header
    this.#seqs = new Int32Array(last.size)
    this.#lines = new Int32Array(last.size)
  }

  /** False when records cannot be told by their bytes, because these mean something else now. */
  isFor(header: string | null): boolean {
    return this.#header === header
  }

  /** The hash of the code and the number of images of a record that is as it was; null when it is not known. */
  recognise(digest: number, place: Place): { readonly code: number; readonly images: number } | null {
    const then = this.#find(digest)
    if (then === null) {
      this.#missed++
      return null
    }
    this.#missed = 0
    this.#next = then + 1
    this.#seqs[then] = place.seq + 1
    this.#lines[then] = place.line
    const images = this.#last.images(then)
    this.count++
    this.images += images
    return { code: this.#last.code(then), images }
  }

  /** As if none had been recognised. */
  forget(): void {
    this.#seqs.fill(0)
    this.count = 0
    this.images = 0
  }

  /**
   * To be called when everything was read: only places are known from then on. `isElsewhere`: is there another record with a code
   * that has this hash? Gives whether that is so of any record that is as it was.
   */
  end(isElsewhere: (code: number) => boolean): boolean {
    const last = this.#last
    this.#last = new RecordList()
    this.#index = null
    return this.#seqs.some((after, then) => after > 0 && isElsewhere(last.code(then)))
  }

  /** Where the record is now that was in this place; null: there is none, or it has changed. */
  placeNow(then: number): Place | null {
    const after = this.#seqs[then] ?? 0
    return after === 0 ? null : { seq: after - 1, line: this.#lines[then] ?? 0 }
  }

  #find(digest: number): number | null {
    if (digest !== 0 && this.#last.digest(this.#next) === digest) return this.#next
    const then = this.#anywhere(digest)
    const farthest = this.#next + LEAST_JUMP + JUMP_PER_MISS * this.#missed
    return then === null || then < this.#next || then > farthest ? null : then
  }

  #anywhere(digest: number): number | null {
    this.#index ??= indexOf(this.#last)
    for (let slot = digest % this.#index.length; ; slot = (slot + 1) % this.#index.length) {
      const after = this.#index[slot] ?? 0
      if (after === 0) return null
      if (this.#last.digest(after - 1) === digest) return after - 1
    }
  }
}

/** The places of a list by their digests; each 1 more than it is, 0 is free. */
function indexOf(list: RecordList): Int32Array {
  const index = new Int32Array(list.size * 2 + 1)
  for (let at = 0; at < list.size; at++) {
    const digest = list.digest(at)
    if (digest === 0) continue
    let slot = digest % index.length
    while (index[slot] !== 0) slot = (slot + 1) % index.length
    index[slot] = at + 1
  }
  return index
}
