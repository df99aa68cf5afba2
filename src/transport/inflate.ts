import { promisify } from 'node:util'
import { brotliDecompress, gunzip, inflate } from 'node:zlib'
import { truncate } from '../lib/text.ts'
import { Fault } from '../model/fault.ts'

type Inflate = (bytes: Uint8Array, options: { maxOutputLength: number }) => Promise<Buffer>

const ENCODINGS = new Map<string, Inflate>([
  ['gzip', promisify(gunzip)],
  ['x-gzip', promisify(gunzip)],
  ['deflate', promisify(inflate)],
  ['br', promisify(brotliDecompress)],
])
/** As much of an unknown name as is repeated. */
const LONGEST_NAME = 40
/** Errors that are about the connection: bytes are missing, or there are more of them than we take. */
const PASSED_ON = ['Z_BUF_ERROR', 'ERR_BUFFER_TOO_LARGE']

/**
 * The text of an answer. Nobody asks for packed ones, but proxies send them. Inflating stops at `most` bytes
 * (ERR_BUFFER_TOO_LARGE) and notices what HTTP does not: that the packed bytes were cut (Z_BUF_ERROR).
 */
export async function textOfBody(bytes: Uint8Array, encoding = '', most: number): Promise<string> {
  const name = encoding.trim().toLowerCase()
  if (bytes.length === 0 || name === '' || name === 'identity') return decode(bytes)
  const inflated = ENCODINGS.get(name)
  if (inflated === undefined)
    throw unreadable(`an answer in an encoding nobody asked for: ${truncate(name, LONGEST_NAME)}`)
  try {
    return decode(await inflated(bytes, { maxOutputLength: most }))
  } catch (error) {
    const { code } = Object(error) as { code?: unknown }
    if (PASSED_ON.includes(String(code))) throw error
    throw unreadable(`an answer that is not the ${name} it says it is`, error)
  }
}

/** Without a byte order mark, which JSON does not know. */
function decode(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes)
}

function unreadable(message: string, cause?: unknown): Fault {
  return new Fault('unreadable', message, { attempts: 1, cause })
}
