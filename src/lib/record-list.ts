const BLOCK = 1 << 16

/** So many records, one after the other. */
export interface RecordBlock {
  /** Digest of each; 0: none. */
  readonly digests: Float64Array
  /** Hash of each one's product code. */
  readonly codes: Float64Array
  /** How many images each one's product has, 0: not known. */
  readonly images: Uint16Array
}

/**
 * What is remembered of the records of a feed, by their place in it: the digest of how it is written, and the code and the number of
 * images of the product that came of it, at 18 bytes each. A record is remembered when all of it is there.
 */
export class RecordList {
  readonly #blocks: RecordBlock[]
  #size: number

  /** @param blocks what `blocks` of another list gave */
  constructor(blocks: readonly RecordBlock[] = []) {
    this.#blocks = [...blocks]
    this.#size = blocks.reduce((sum, { digests }) => sum + digests.length, 0)
  }

  /** Places in it are less than this. */
  get size(): number {
    return this.#size
  }

  /** Everything in it, as long as it is. */
  get blocks(): readonly RecordBlock[] {
    return this.#blocks.map(({ digests, codes, images }, no) => {
      const length = Math.min(BLOCK, this.#size - no * BLOCK)
      return {
        digests: digests.subarray(0, length),
        codes: codes.subarray(0, length),
        images: images.subarray(0, length),
      }
    })
  }

  /**
   * @param digest a whole number but 0
   * @param code the hash of the product code
   */
  note(at: number, digest: number, code: number): void {
    while (Math.floor(at / BLOCK) >= this.#blocks.length) this.#blocks.push(newBlock())
    const block = this.#blockOf(at)
    if (block === undefined) return
    block.digests[at % BLOCK] = digest
    block.codes[at % BLOCK] = code
    this.#size = Math.max(this.#size, at + 1)
  }

  /** @param images from 1 to 65,535 */
  complete(at: number, images: number): void {
    const block = this.#blockOf(at)
    if (block !== undefined) block.images[at % BLOCK] = images
  }

  forget(at: number): void {
    this.#blockOf(at)?.digests.fill(0, at % BLOCK, (at % BLOCK) + 1)
  }

  /** Of a record that is remembered; else 0. */
  digest(at: number): number {
    return this.#isWhole(at) ? (this.#blockOf(at)?.digests[at % BLOCK] ?? 0) : 0
  }

  /** The hash of its product code, of a record that is remembered; else 0. */
  code(at: number): number {
    return this.#isWhole(at) ? (this.#blockOf(at)?.codes[at % BLOCK] ?? 0) : 0
  }

  /** Of a record that is remembered; else 0. */
  images(at: number): number {
    return this.#isWhole(at) ? (this.#blockOf(at)?.images[at % BLOCK] ?? 0) : 0
  }

  #blockOf(at: number): RecordBlock | undefined {
    return this.#blocks[Math.floor(at / BLOCK)]
  }

  #isWhole(at: number): boolean {
    const block = this.#blockOf(at)
    return block !== undefined && block.digests[at % BLOCK] !== 0 && block.images[at % BLOCK] !== 0
  }
}

function newBlock(): RecordBlock {
  return { digests: new Float64Array(BLOCK), codes: new Float64Array(BLOCK), images: new Uint16Array(BLOCK) }
}
