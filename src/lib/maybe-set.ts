const EMPTY = 0
const START = 1 << 12
/** Beyond this share of slots taken, finding a free one takes too long. */
const FULLEST = 0.75

/**
 * A set of strings at 11 to 22 bytes each, whatever their length. It keeps 53-bit hashes, so `add` may, once in very many,
 * answer "was there" for a string that was not; it never answers "new" for one that was.
 */
export class MaybeSet {
  #slots = new Float64Array(START)
  #size = 0

  get size(): number {
    return this.#size
  }

  /** Adds the text; true when it was (or seems to have been) there before. */
  add(text: string): boolean {
    if (this.#size >= this.#slots.length * FULLEST) this.#grow()
    const hash = hash53(text)
    const slot = find(this.#slots, hash)
    if (this.#slots[slot] === hash) return true
    this.#slots[slot] = hash
    this.#size++
    return false
  }

  has(text: string): boolean {
    return this.hasHash(hash53(text))
  }

  /** @param hash `hash53` of the text */
  hasHash(hash: number): boolean {
    return this.#slots[find(this.#slots, hash)] === hash
  }

  #grow(): void {
    const larger = new Float64Array(this.#slots.length * 2)
    for (const hash of this.#slots) if (hash !== EMPTY) larger[find(larger, hash)] = hash
    this.#slots = larger
  }
}

/** The slot that holds the hash, or the free one where it belongs. Slot counts are powers of two. */
function find(slots: Float64Array, hash: number): number {
  const mask = slots.length - 1
  let slot = hash % slots.length
  while (slots[slot] !== EMPTY && slots[slot] !== hash) slot = (slot + 1) & mask
  return slot
}

/** Two independent 32-bit multiply-and-rotate hashes, joined to 53 bits; never 0, which marks a free slot. */
export function hash53(text: string): number {
  let a = 0xdeadbeef
  let b = 0x41c6ce57
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    a = Math.imul(a ^ unit, 2654435761)
    b = Math.imul(b ^ unit, 1597334677)
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909)
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909)
  return 4294967296 * (2097151 & b) + (a >>> 0) || 1
}
