/** What a feed may hold at most, so that a broken or hostile one is refused in words and memory stays flat. */
export const LIMITS = {
  /** Bytes of one record, as UTF-8, without its line end. */
  recordBytes: 1024 * 1024,
  /** Bytes of one cell of a table, as UTF-8. */
  cellBytes: 512 * 1024,
  columns: 2000,
  /** Nested arrays and objects of a JSON document. */
  depth: 64,
  /** Bytes that come out of a gzip file. */
  inflatedBytes: 8 * 1024 ** 3,
  /** How many times larger than its gzip file a feed may be; real ones are 5 to 30 times. */
  inflatedRatio: 200,
  /** Bytes that may come out before the ratio counts, since a small file can be full of repetitions. */
  inflatedFreely: 100 * 1024 ** 2,
} as const
