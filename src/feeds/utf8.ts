import { isUtf8 } from 'node:buffer'
import { FeedError } from '../model/errors.ts'
import { LineCounter } from './lines.ts'

/**
 * The same bytes, proven to be UTF-8 without NUL; no chunk ends inside a character. Throws a FeedError that says the
 * line and the byte otherwise.
 */
export async function* validUtf8(chunks: AsyncIterable<Buffer>, file: string): AsyncGenerator<Buffer> {
  const lines = new LineCounter()
  let offset = 0
  let rest: Buffer = Buffer.alloc(0)
  for await (const chunk of chunks) {
    const bytes = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk
    const complete = bytes.subarray(0, bytes.length - unfinished(bytes))
    refuseBadBytes(complete, offset)
    lines.pass(complete)
    offset += complete.length
    rest = bytes.subarray(complete.length)
    if (complete.length > 0) yield complete
  }
  refuseBadBytes(rest, offset)

  function refuseBadBytes(bytes: Buffer, start: number): void {
    const nul = bytes.indexOf(0)
    if (nul === -1 && isUtf8(bytes)) return
    const valid = validLength(bytes)
    const isNul = nul !== -1 && nul < valid
    const at = isNul ? nul : valid
    lines.pass(bytes.subarray(0, at))
    const place = `${file}:${lines.line}, byte ${start + at}`
    throw isNul ? hasNul(place) : notUtf8(place, bytes[at] ?? 0)
  }
}

/** A text file has no NUL characters. */
export function hasNul(place: string): FeedError {
  return new FeedError(`${place}: a NUL character, so this is not a text file in UTF-8`, {
    fix: 'If it is UTF-16, say so with --encoding utf-16le; otherwise export it again as text.',
  })
}

function notUtf8(place: string, byte: number): FeedError {
  return new FeedError(`${place}: 0x${byte.toString(16)} is not valid UTF-8`, {
    fix: 'Say what the file is in, such as --encoding windows-1252, or save it as UTF-8.',
  })
}

/** How many bytes at the end are the start of a character whose other bytes are still to come: 0 to 3. */
function unfinished(bytes: Buffer): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const length = characterLength(bytes[bytes.length - back] ?? 0)
    if (length !== null) return length > back ? back : 0
  }
  return 0
}

/** How many bytes there are before the first that is not valid; slow, for the error only. */
function validLength(bytes: Buffer): number {
  for (let at = 0; at < bytes.length; ) {
    const length = characterLength(bytes[at] ?? 0) ?? 1
    if (!isUtf8(bytes.subarray(at, at + length))) return at
    at += length
  }
  return bytes.length
}

/** The bytes of a character by its first byte; null for the bytes that continue one, 1 for those that never occur. */
function characterLength(first: number): number | null {
  if (first >= 0x80 && first <= 0xbf) return null
  if (first >= 0xc2 && first <= 0xdf) return 2
  if (first >= 0xe0 && first <= 0xef) return 3
  return first >= 0xf0 && first <= 0xf4 ? 4 : 1
}
