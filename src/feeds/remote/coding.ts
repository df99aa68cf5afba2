import { pipeline, type Transform } from 'node:stream'
import { createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from 'node:zlib'
import { printable, truncate, wordsOf } from '../../lib/text.ts'
import { FeedError } from '../../model/errors.ts'
import { Peekable } from '../peekable.ts'

/** What servers may answer in; the value of Accept-Encoding. */
export const CODINGS = 'gzip, deflate, br'

/** More, one in another, serve no purpose but to keep us busy. */
const MOST_CODINGS = 2
const OPTIONS = { chunkSize: 64 * 1024 }

/** Undoes a Content-Encoding. Throws a FeedError for one that was not asked for, and for a body that is cut or damaged. */
export function decoded(
  body: AsyncIterable<Uint8Array>,
  header: string | string[] | undefined,
  name: string,
): AsyncIterable<Uint8Array> {
  const codings = String(header ?? '')
    .toLowerCase()
    .split(',')
    .map(coding => coding.trim())
    .filter(coding => coding !== '' && coding !== 'identity')
  if (codings.length > MOST_CODINGS) throw unknown(name, codings.join(', '))
  return codings.reduceRight((chunks, coding) => inflated(chunks, openerOf(coding, name), name), body)
}

type Opener = (bytes: Peekable) => Promise<Transform>

function openerOf(coding: string, name: string): Opener {
  const open = OPENERS.get(coding)
  if (open === undefined) throw unknown(name, coding)
  return open
}

const gunzip: Opener = async () => createGunzip(OPTIONS)

const OPENERS = new Map<string, Opener>([
  ['gzip', gunzip],
  ['x-gzip', gunzip],
  ['br', async () => createBrotliDecompress(OPTIONS)],
  ['deflate', async bytes => (isZlib(await bytes.peek(1)) ? createInflate(OPTIONS) : createInflateRaw(OPTIONS))],
])

/** "deflate" means the zlib format (RFC 9110, section 8.4.1.2), but some servers leave its wrapping out. */
function isZlib([first = 0]: Buffer): boolean {
  return (first & 0x0f) === 8
}

async function* inflated(chunks: AsyncIterable<Uint8Array>, open: Opener, name: string): AsyncGenerator<Buffer> {
  const bytes = new Peekable(chunks)
  const stream = await open(bytes)
  pipeline(bytes, stream, () => undefined) // a failure of either side is thrown by the loop below
  try {
    for await (const chunk of stream) yield chunk
  } catch (error) {
    throw error instanceof FeedError ? error : damaged(name, error)
  }
}

function damaged(name: string, error: unknown): FeedError {
  return new FeedError(`${name}: the compressed answer is damaged or cut off: ${wordsOf(error)}`, {
    fix: 'Try again; if it stays so, tell whoever runs the server.',
    cause: error,
  })
}

function unknown(name: string, coding: string): FeedError {
  const shown = truncate(printable(coding), 40)
  return new FeedError(`${name}: the answer is compressed as "${shown}", which was not asked for`, {
    fix: `Download it by other means and name the file, or have the server use one of ${CODINGS}.`,
  })
}
