/** What a feed may hold at most, so that a broken or hostile one is refused in words and memory stays flat. */
export const LIMITS = {
  /** Bytes of one record, as UTF-8. */
  recordBytes: 1024 * 1024,
  columns: 2000,
  /** Nested arrays and objects of a JSON document. */
  depth: 64,
} as const
