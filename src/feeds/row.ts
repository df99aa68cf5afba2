/** One row of a table as it was written. */
export interface Row {
  /** The line it starts on. */
  readonly line: number
  /** Where it starts in the text, in bytes. */
  readonly byte: number
  readonly lineEnd: '\r\n' | '\n' | '\r' | ''
  readonly cells: readonly string[]
  /** Of the row as it is written, without its line end: equal rows, equal digests. */
  readonly digest: number
  /** Where a quoted cell opens that goes on after its closing quote, if any; `isSplit`: over a line break. */
  readonly stray: { readonly line: number; readonly byte: number; readonly isSplit: boolean } | null
}
