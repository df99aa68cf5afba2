import type { Held } from '../model/item.ts'

/**
 * What is known of a key after a request without a trustworthy answer: what was held before, if it still is, and at ranks
 * after its end perhaps what was sent.
 */
export function doubtful(before: Held, sent: readonly string[]): Held {
  const known = new Set(before.tail.map(({ rank }) => rank))
  const written = sent.map((url, at) => ({ rank: at + 1, url }))
  const beyond = written.filter(({ rank }) => rank > before.gallery.length && !known.has(rank))
  const tail = [...before.tail, ...beyond].toSorted((a, b) => a.rank - b.rank)
  return { ...before, fingerprint: null, tail }
}
