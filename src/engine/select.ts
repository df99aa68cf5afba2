import { isRejection, type Product, type Rejection } from '../model/product.ts'

export interface Selection {
  /** The first so many products, with the rejections among them; null for all. */
  readonly limit: number | null
  /** Only these codes; empty for all. */
  readonly only: readonly string[]
}

/** The part of the feed that a run plans. */
export function* select(
  entries: Iterable<Product | Rejection>,
  { limit, only }: Selection,
): Generator<Product | Rejection> {
  const codes = only.length === 0 ? null : new Set<string | null>(only)
  let products = 0
  for (const entry of entries) {
    if (codes !== null && !codes.has(entry.code)) continue
    if (!isRejection(entry)) {
      if (limit !== null && products >= limit) return
      products++
    }
    yield entry
  }
}
