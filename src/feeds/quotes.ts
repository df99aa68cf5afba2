import { CR, LF, QUOTE } from './ascii.ts'

/** A quoted cell that goes on after its closing quote. */
export interface StrayQuote {
  /** Where its quote opens, from the start of the row. */
  readonly at: number
  /** True when a line break lies between the quotes: rows may have been swallowed. */
  readonly hasLineBreak: boolean
}

/** The first such cell of a row, if any. */
export function findStrayQuote(raw: Buffer, delimiter: Buffer): StrayQuote | null {
  for (let at = 0; at < raw.length; ) {
    const close = raw[at] === QUOTE ? closingQuote(raw, at + 1) : null
    if (close !== null && !endsCell(raw, close + 1, delimiter)) {
      const quoted = raw.subarray(at, close)
      return { at, hasLineBreak: quoted.includes(LF) || quoted.includes(CR) }
    }
    const next = raw.indexOf(delimiter, close ?? at)
    if (next === -1) return null
    at = next + delimiter.length
  }
  return null
}

/** The quote that closes a cell: the first that is not doubled. */
function closingQuote(raw: Buffer, from: number): number {
  let at = raw.indexOf(QUOTE, from)
  while (at !== -1 && raw[at + 1] === QUOTE) at = raw.indexOf(QUOTE, at + 2)
  return at === -1 ? raw.length : at
}

function endsCell(raw: Buffer, at: number, delimiter: Buffer): boolean {
  const byte = raw[at]
  return byte === undefined || byte === LF || byte === CR || raw.subarray(at, at + delimiter.length).equals(delimiter)
}
