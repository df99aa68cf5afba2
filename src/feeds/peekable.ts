/**
 * A stream of bytes that can be looked at before it is read, and put back while it is. It is read once; reading it, to the
 * end or not, closes it.
 */
export class Peekable implements AsyncIterable<Buffer> {
  readonly #source: AsyncIterator<Uint8Array>
  #held: Buffer[] = []
  #heldBytes = 0
  #ended = false

  constructor(source: AsyncIterable<Uint8Array>) {
    this.#source = source[Symbol.asyncIterator]()
  }

  /** The next bytes: at least `size`, unless the stream ends before. */
  async peek(size: number): Promise<Buffer> {
    while (!this.#ended && this.#heldBytes < size) {
      const chunk = await this.#pull()
      if (chunk) this.#hold(chunk)
    }
    const head = Buffer.concat(this.#held)
    this.#held = [head]
    return head
  }

  /** True when the bytes peeked last are all there are. */
  get isWhole(): boolean {
    return this.#ended
  }

  /** Leaves out the next `size` bytes, which must have been peeked. */
  drop(size: number): void {
    const head = Buffer.concat(this.#held).subarray(size)
    this.#held = [head]
    this.#heldBytes = head.length
  }

  /** Makes bytes that were read the next ones again. */
  putBack(bytes: Buffer): void {
    this.#held.unshift(bytes)
    this.#heldBytes += bytes.length
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Buffer> {
    try {
      for (let chunk = await this.#next(); chunk; chunk = await this.#next()) if (chunk.length > 0) yield chunk
    } finally {
      await this.close()
    }
  }

  async close(): Promise<void> {
    this.#held = []
    await this.#source.return?.()
  }

  #hold(chunk: Buffer): void {
    this.#held.push(chunk)
    this.#heldBytes += chunk.length
  }

  async #next(): Promise<Buffer | null> {
    const held = this.#held.shift()
    this.#heldBytes -= held?.length ?? 0
    return held ?? this.#pull()
  }

  async #pull(): Promise<Buffer | null> {
    if (this.#ended) return null
    const next = await this.#source.next()
    this.#ended = next.done === true
    return next.done ? null : Buffer.from(next.value.buffer, next.value.byteOffset, next.value.byteLength)
  }
}
