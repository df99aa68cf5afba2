/** One product code with its gallery, made from one or many records. */
export interface Product {
  /** Position in the feed, from 0: the place of the product's first record among all products. */
  readonly seq: number
  readonly code: string
  /** Image URLs in rank order: rank 1 is at index 0. No gaps, no duplicate. */
  readonly gallery: readonly string[]
  /** Cells of the further columns that target options name, from the first record that has them. */
  readonly fields: Readonly<Record<string, string>>
  /** Place of the first record. */
  readonly source: string
  /** Set when `onBadImage: drop-image` removed an image: reason and message for the outcome. */
  readonly dropped: string | null
}

/** Why a record or product cannot be sent. A value, never thrown: one bad record stops nothing else. */
export interface Problem {
  /** Stable kebab-case word, such as `code-missing`. */
  readonly reason: string
  /** For people: what is wrong, with the value, as a sentence. */
  readonly message: string
  /** What to do about it, as a sentence; empty when the message says it all. */
  readonly fix: string
  readonly code: string | null
  readonly source: string
}

/** What is wrong and what to do, in one breath. */
export function inWords({ message, fix }: Pick<Problem, 'message' | 'fix'>): string {
  return fix === '' ? message : `${message} ${fix}`
}

/** A product that became a problem keeps its place in the order of the feed. */
export interface Rejection extends Problem {
  readonly seq: number
}

export function isRejection(entry: Product | Rejection): entry is Rejection {
  return 'reason' in entry
}
