import { isAscii, isUtf8 } from 'node:buffer'
import { FeedError } from '../model/errors.ts'
import { LineCounter } from './lines.ts'
import type { Peekable } from './peekable.ts'

/** Where something is in a file: the line from 1, the byte from 0. */
export interface Spot {
  readonly line: number
  readonly byte: number
}

/**
 * Goes on with a text that is not UTF-8 from here, or returns null when it cannot tell what it is. `bytes` is the rest of
 * the text, from the first byte that is not UTF-8 on; `before` is the one before it, or none.
 */
export type Otherwise = (bytes: Peekable, before: Buffer, spot: Spot) => Promise<AsyncIterable<Buffer> | null>

/**
 * The same bytes, proven to be UTF-8 without NUL; no chunk ends inside a character. Throws a FeedError that says the
 * line and the byte otherwise.
 *
 * @param otherwise asked once, if all before the first byte that is not UTF-8 was plain ASCII
 */
export async function* validUtf8(bytes: Peekable, file: string, otherwise: Otherwise | null): AsyncGenerator<Buffer> {
  const lines = new LineCounter()
  let offset = 0
  let wasAscii = true
  let before: Buffer = Buffer.alloc(0)
  let rest: Buffer = Buffer.alloc(0)
  for await (const chunk of bytes) {
    const joined = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk
    const complete = joined.subarray(0, joined.length - unfinished(joined))
    const fault = findFault(complete)
    const good = complete.subarray(0, fault ?? complete.length)
    wasAscii &&= isAscii(good)
    if (good.length > 0) {
      yield good
      before = good.subarray(-1)
    }
    lines.pass(good)
    offset += good.length
    rest = joined.subarray(good.length)
    if (fault === null) continue
    const spot = { line: lines.line, byte: offset }
    bytes.putBack(rest)
    const others = wasAscii && rest[0] !== 0 ? await otherwise?.(bytes, before, spot) : null
    if (!others) throw refusal(file, spot, rest)
    return yield* others
  }
  if (rest.length > 0) throw refusal(file, { line: lines.line, byte: offset }, rest)
}

/** How many bytes at the end are the start of a character whose other bytes are still to come: 0 to 3. */
export function unfinished(bytes: Buffer): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const length = characterLength(bytes[bytes.length - back] ?? 0)
    if (length !== null) return length > back ? back : 0
  }
  return 0
}

/** "lamps.csv:7, byte 183" */
export function spotted(file: string, { line, byte }: Spot): string {
  return `${file}:${line}, byte ${byte}`
}

/** A text file has no NUL characters. */
export function hasNul(place: string, encoding: string): FeedError {
  return new FeedError(`${place}: a NUL character, so this is not a text file in ${encoding}`, {
    fix: 'If it is in another encoding, such as utf-16le, say so with --encoding; otherwise export it again as text.',
  })
}

function refusal(file: string, spot: Spot, bytes: Buffer): FeedError {
  const place = spotted(file, spot)
  if (bytes[0] === 0) return hasNul(place, 'UTF-8')
  return new FeedError(`${place}: 0x${bytes.toString('hex', 0, 1)} is not valid UTF-8`, {
    fix: 'Say what the file is in, such as --encoding windows-1252, or save it as UTF-8.',
  })
}

/** The first byte that is NUL or not valid, if any. */
function findFault(bytes: Buffer): number | null {
  const nul = bytes.indexOf(0)
  if (nul === -1 && isUtf8(bytes)) return null
  const valid = validLength(bytes)
  return nul === -1 ? valid : Math.min(nul, valid)
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
