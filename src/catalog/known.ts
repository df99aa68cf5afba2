import { RecordList } from '../lib/record-list.ts'
import type { Recogniser } from '../model/record.ts'

/** Records that are jumped over for certain, and more of them for every record that was not found. */
const LEAST_JUMP = 1000
const JUMP_PER_MISS = 4

/** Where a record is now. */
export interface Place {
  readonly seq: number
  readonly line: number
}

/**
 * Tells records of a feed that are byte for byte those of the last time, in the order of then. One that has moved far is not told:
 * a long jump is believed only when many records in a row were not found where they were expected.
 */
export class KnownRecords implements Recogniser {
  #last: RecordList
  readonly #header: string
  /** By their place of then: 1 more than their place now, 0 for those that are not there; and their lines. */
  readonly #seqs: Int32Array
  readonly #lines: Int32Array
  /** The places of then by their digests; made when it is needed. */
  #index: Int32Array | null = null
  /** Where the next record is expected, by its place of then. */
  #expected = 0
  /** Records in a row that were not found. */
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

  /** As `find` and `pass` in one. */
  recognise(digest: number): number | null {
    const place = this.find(digest)
    this.pass(place)
    return place
  }

  find(digest: number): number | null {
    if (digest !== 0 && this.#last.digest(this.#expected) === digest) return this.#expected
    const place = this.#anywhere(digest)
    const farthest = this.#expected + LEAST_JUMP + JUMP_PER_MISS * this.#missed
    return place === null || place < this.#expected || place > farthest ? null : place
  }

  pass(place: number | null): void {
    if (place === null) {
      this.#missed++
      return
    }
    this.#missed = 0
    this.#expected = place + 1
  }

  /** Notes where a record is now that was in this place, and tells the hash of its code and its number of images. */
  meet(place: number, { seq, line }: Place): { readonly code: number; readonly images: number } {
    this.#seqs[place] = seq + 1
    this.#lines[place] = line
    const found = { code: this.#last.code(place), images: this.#last.images(place) }
    this.count++
    this.images += found.images
    return found
  }

  /** Is this true of the hash of the code of any record that was recognised? */
  someCode(test: (code: number) => boolean): boolean {
    return this.#seqs.some((now, place) => now > 0 && test(this.#last.code(place)))
  }

  /** To be called when everything was read: from then on only places are known, which takes a third of the memory. */
  release(): void {
    this.#last = new RecordList()
    this.#index = null
  }

  /** As if nothing had been recognised, once and for all. */
  reject(): void {
    this.release()
    this.#seqs.fill(0)
    this.count = 0
    this.images = 0
  }

  /** Where the record is now that was in this place; null: there is none, or it has changed. */
  placeNow(place: number): Place | null {
    const now = this.#seqs[place] ?? 0
    return now === 0 ? null : { seq: now - 1, line: this.#lines[place] ?? 0 }
  }

  #anywhere(digest: number): number | null {
    this.#index ??= indexOf(this.#last)
    for (let slot = digest % this.#index.length; ; slot = (slot + 1) % this.#index.length) {
      const found = this.#index[slot] ?? 0
      if (found === 0) return null
      if (this.#last.digest(found - 1) === digest) return found - 1
    }
  }
}

/** The places of a list by their digests; each 1 more than it is, 0 is free. */
function indexOf(list: RecordList): Int32Array {
  const index = new Int32Array(list.size * 2 + 1)
  for (let place = 0; place < list.size; place++) {
    const digest = list.digest(place)
    if (digest === 0) continue
    let slot = digest % index.length
    while (index[slot] !== 0) slot = (slot + 1) % index.length
    index[slot] = place + 1
  }
  return index
}
