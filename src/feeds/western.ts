import { FeedError } from '../model/errors.ts'
import { LineCounter } from './lines.ts'
import type { Peekable } from './peekable.ts'
import { hasNul, type Spot, spotted, unfinished } from './utf8.ts'

/** How much text says whether it is Western. A fixed size, so that it does not matter how the bytes arrive. */
const SAMPLE = 4096

/** Bytes without a character, control-like ones, and letters and signs that Western catalogs do not use. */
const UNUSUAL = /[\x81-\x83\x86-\x89\x8b\x8d\x8f\x90\x98\x9b\x9d\xa4-\xa6\xac\xaf\xb6\xb8\xde\xf7\xfe\xff]/

/** No Western word has that many accents in a row; those in Cyrillic, Greek or Chinese have. Dashes, dots, blanks may. */
const RUN = /[\x80-\x84\x86-\x94\x98-\x9f\xa1-\xff]{4}/

/** Signs and capitals that stand inside a word in other code pages only: "Bia³y" is Polish, "Sch”n" is from MS-DOS. */
const INSIDE =
  /[a-z][\x80\x84\x85\x8a\x8c\x8e\x91\x93-\x95\x99\x9f\xa1-\xa3\xa7\xa9\xae\xb1-\xb3\xb9\xbc-\xbf\xd7][a-z]/

/**
 * A character in UTF-8. Pairs that only a name such as CAFÉ» or a quoted weiß would make (C6 to CD, D2 to DF) are taken for
 * the two characters of windows-1252 that they are there.
 */
const UTF8 = /[\xc2-\xc5\xce-\xd1][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}/g

/** What cannot be in windows-1252: a character in UTF-8, a byte without a character, a NUL. */
const WRONG = new RegExp(`${UTF8.source}|[\\0\\x81\\x8d\\x8f\\x90\\x9d]`)

/**
 * Do these bytes, of which the first is not UTF-8, read like text in windows-1252? Characters in UTF-8 among them do not
 * count, since they are refused with better words when they are read. `before` is the byte before them.
 */
export async function isWestern(bytes: Peekable, before: Buffer): Promise<boolean> {
  const sample = before.toString('latin1') + (await bytes.peek(SAMPLE)).toString('latin1', 0, SAMPLE)
  const rest = sample.replace(UTF8, '')
  return !UNUSUAL.test(rest) && !RUN.test(rest) && !INSIDE.test(rest)
}

/**
 * Text in windows-1252, as UTF-8. Throws a FeedError for a byte that windows-1252 has not, and for characters in UTF-8:
 * then the file is made of parts in two encodings.
 */
export async function* westernText(bytes: Peekable, file: string, start: Spot): AsyncGenerator<Buffer> {
  const decoder = new TextDecoder('windows-1252')
  const lines = new LineCounter(start.line)
  let offset = start.byte
  let rest: Buffer = Buffer.alloc(0)
  for await (const chunk of bytes) {
    const joined = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk
    const complete = joined.subarray(0, joined.length - unfinished(joined))
    rest = joined.subarray(complete.length)
    if (complete.length > 0) yield next(complete)
  }
  if (rest.length > 0) yield next(rest)

  /** Always as a stream: Node 20 decodes 0x80 to 0x9f of windows-1252 wrongly otherwise. */
  function next(part: Buffer): Buffer {
    const wrong = WRONG.exec(part.toString('latin1'))
    if (wrong !== null) {
      lines.pass(part.subarray(0, wrong.index))
      throw refusal(file, { line: lines.line, byte: offset + wrong.index }, Buffer.from(wrong[0], 'latin1'), start)
    }
    lines.pass(part)
    offset += part.length
    return Buffer.from(decoder.decode(part, { stream: true }))
  }
}

function refusal(file: string, spot: Spot, found: Buffer, start: Spot): FeedError {
  const place = spotted(file, spot)
  if (found[0] === 0) return hasNul(place, 'windows-1252')
  if (found.length === 1) {
    return new FeedError(`${place}: 0x${found.toString('hex')} is neither UTF-8 nor windows-1252`, {
      fix: 'Say what the file is in with --encoding, or save it as UTF-8.',
    })
  }
  return new FeedError(`${place}: "${found}" is in UTF-8, but line ${start.line}, byte ${start.byte} is not`, {
    fix: 'Parts in two encodings were joined: save all as UTF-8. If it is all in one, name it: --encoding windows-1252.',
  })
}
