import { FeedError, UsageError } from '../model/errors.ts'
import { LineCounter } from './lines.ts'
import { hasNul } from './utf8.ts'

/** Small enough to say where a fault is, large enough not to cost time. */
const STEP = 4096

/** Text in any encoding that TextDecoder knows, as UTF-8. Throws a FeedError for bytes which that encoding has not. */
export async function* decode(chunks: AsyncIterable<Buffer>, file: string, encoding: string): AsyncGenerator<Buffer> {
  const decoder = new TextDecoder(encoding, { fatal: true })
  const lines = new LineCounter()
  let offset = 0
  for await (const chunk of chunks) {
    for (let at = 0; at < chunk.length; at += STEP) yield* next(chunk.subarray(at, at + STEP))
  }
  yield* next(null)

  function* next(bytes: Buffer | null): Generator<Buffer> {
    const text = decodeStep(bytes)
    if (text.includes('\0')) throw hasNul(`${file}:${lines.line}`)
    const utf8 = Buffer.from(text, 'utf8')
    lines.pass(utf8)
    offset += bytes?.length ?? 0
    if (utf8.length > 0) yield utf8
  }

  /** Always as a stream: Node 20 decodes 0x80 to 0x9f of windows-1252 wrongly otherwise. */
  function decodeStep(bytes: Buffer | null): string {
    try {
      return bytes ? decoder.decode(bytes, { stream: true }) : decoder.decode()
    } catch (error) {
      const where = bytes ? `between byte ${offset} and byte ${offset + bytes.length - 1}` : 'at the end'
      throw new FeedError(`${file}:${lines.line} or soon after: not valid ${encoding} ${where}`, {
        fix: 'Say what the file is in with --encoding, or save it as UTF-8.',
        cause: error,
      })
    }
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
