import { FeedError, UsageError } from '../model/errors.ts'
import { LineCounter } from './lines.ts'
import { hasNul, spotted } from './utf8.ts'

/** How much is decoded at a time. */
const STEP = 4096

/**
 * Text in any encoding that TextDecoder knows, as UTF-8. Throws a FeedError that says the line and the byte for what that
 * encoding has not, and for NUL.
 */
export async function* decode(chunks: AsyncIterable<Buffer>, file: string, encoding: string): AsyncGenerator<Buffer> {
  const decoder = new TextDecoder(encoding, { fatal: true })
  /** In the state of the other one before its last step, so that the very byte of a fault can be found. */
  const behind = new TextDecoder(encoding, { fatal: true })
  const lines = new LineCounter()
  let offset = 0
  for await (const chunk of chunks) {
    for (let at = 0; at < chunk.length; at += STEP) yield* next(chunk.subarray(at, at + STEP))
  }
  if (decoded(decoder, null) === null) throw endsInside(spotted(file, spot()), encoding)

  function* next(bytes: Buffer): Generator<Buffer> {
    const text = decoded(decoder, bytes)
    if (text === null || text.includes('\0')) throw findFault(bytes)
    decoded(behind, bytes)
    const utf8 = Buffer.from(text, 'utf8')
    pass(utf8, bytes.length)
    if (utf8.length > 0) yield utf8
  }

  function findFault(bytes: Buffer): FeedError {
    for (const byte of bytes) {
      const text = decoded(behind, Uint8Array.of(byte))
      if (text === null) return notValid(spotted(file, spot()), encoding)
      if (text.includes('\0')) return hasNul(spotted(file, spot()), encoding)
      pass(Buffer.from(text), 1)
    }
    return notValid(spotted(file, spot()), encoding)
  }

  function pass(utf8: Buffer, size: number): void {
    lines.pass(utf8)
    offset += size
  }

  function spot() {
    return { line: lines.line, byte: offset }
  }
}

/** The standard name of an encoding; throws a UsageError for one that cannot be read. */
export function encodingName(label: string): string {
  try {
    return new TextDecoder(label).encoding
  } catch (error) {
    throw new UsageError(`unknown encoding "${label}"`, {
      fix: 'Use "auto" or a name such as utf-8, utf-16le, windows-1252, iso-8859-2 or shift_jis.',
      cause: error,
    })
  }
}

/**
 * The next characters, or with null the end; null for bytes that the encoding has not. Always as a stream: Node 20 decodes
 * 0x80 to 0x9f of windows-1252 wrongly otherwise.
 */
function decoded(decoder: InstanceType<typeof TextDecoder>, bytes: Uint8Array | null): string | null {
  try {
    return bytes ? decoder.decode(bytes, { stream: true }) : decoder.decode()
  } catch {
    return null
  }
}

function notValid(place: string, encoding: string): FeedError {
  return new FeedError(`${place}: not valid ${encoding}`, {
    fix: 'Say what the file is in with --encoding, or save it as UTF-8.',
  })
}

function endsInside(place: string, encoding: string): FeedError {
  return new FeedError(`${place}: the text ends inside a character of ${encoding}`, {
    fix: 'It was probably cut off: export it again. If it is in another encoding, say so with --encoding.',
  })
}
