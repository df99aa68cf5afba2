import { FeedError } from '../model/errors.ts'
import { decode, encodingName } from './decode.ts'
import { gunzip } from './gunzip.ts'
import { Peekable } from './peekable.ts'
import { validUtf8 } from './utf8.ts'

/** The text of a feed: what every reader reads. */
export interface Text {
  /** The name used in every place. */
  readonly file: string
  /** Valid UTF-8 without NUL and without byte order mark. */
  readonly bytes: Peekable
  /** How many bytes of the file come before the text; null when it was decoded, so that byte positions mean nothing. */
  readonly origin: number | null
  /** What was found out about compression and encoding. */
  readonly notes: readonly string[]
}

/** Inflates and decodes. Throws a FeedError for what is no text: damaged gzip, archives, workbooks, invalid bytes. */
export async function openText(bytes: Peekable, file: string, encoding: string): Promise<Text> {
  const isGzip = startsWith(await bytes.peek(2), GZIP)
  const plain = isGzip ? new Peekable(gunzip(bytes, file)) : bytes
  const head = await plain.peek(8)
  refuseArchive(head, file)
  const mark = MARKS.find(({ bytes }) => startsWith(head, bytes))
  const name = mark?.encoding ?? (encoding === 'auto' ? 'utf-8' : encodingName(encoding))
  const isUtf8 = name === 'utf-8'
  const notes = [...(isGzip ? ['gzip'] : []), ...(isUtf8 ? [] : [`encoding ${name}`])]
  const utf8 = new Peekable(isUtf8 ? validUtf8(plain, file) : decode(plain, file, name))
  const marks = await dropMarks(utf8)
  return { file, bytes: utf8, origin: isUtf8 ? marks : null, notes }
}

/** "lamps.csv:7, byte 183"; without the byte when the text was decoded. */
export function position(text: Text, line: number, byte: number): string {
  return text.origin === null ? `${text.file}:${line}` : `${text.file}:${line}, byte ${text.origin + byte}`
}

/** Leaves out the byte order mark, and a second one that some exporters write; returns how many bytes that was. */
async function dropMarks(bytes: Peekable): Promise<number> {
  let dropped = 0
  while (startsWith(await bytes.peek(UTF8_MARK.length), UTF8_MARK)) {
    bytes.drop(UTF8_MARK.length)
    dropped += UTF8_MARK.length
  }
  return dropped
}

function refuseArchive(head: Buffer, file: string): void {
  const archive = ARCHIVES.find(({ bytes }) => startsWith(head, bytes))
  if (archive) throw new FeedError(`${file} is ${archive.what}, not a text file`, { fix: archive.fix })
}

function startsWith(head: Buffer, bytes: Buffer): boolean {
  return head.subarray(0, bytes.length).equals(bytes)
}

const GZIP = Buffer.from('1f8b', 'hex')
const UTF8_MARK = Buffer.from('efbbbf', 'hex')
const MARKS = [
  { bytes: UTF8_MARK, encoding: 'utf-8' },
  { bytes: Buffer.from('fffe', 'hex'), encoding: 'utf-16le' },
  { bytes: Buffer.from('feff', 'hex'), encoding: 'utf-16be' },
]

const ZIP = { what: 'an XLSX workbook or a ZIP archive', fix: 'Export the sheet as CSV, or unpack the archive.' }
const ARCHIVES = [
  { bytes: Buffer.from('PK\x03\x04', 'latin1'), ...ZIP },
  { bytes: Buffer.from('PK\x05\x06', 'latin1'), ...ZIP },
  { bytes: Buffer.from('d0cf11e0a1b11ae1', 'hex'), what: 'an XLS workbook', fix: 'Export the sheet as CSV.' },
]
