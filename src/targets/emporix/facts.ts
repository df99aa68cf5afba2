import type { Products } from './products.ts'

/** What a run has found out so far. */
export interface Facts {
  /** The products of the codes that were looked up. */
  readonly products: Products
  /** Keys of the items of this run by the ids of their assets. */
  readonly inUse: Map<string, string>
}

export function newFacts(): Facts {
  return { products: new Map(), inUse: new Map() }
}
