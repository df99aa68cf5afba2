import { FeedError } from '../model/errors.ts'
import { decode, encodingName } from './decode.ts'
import { Encoding } from './encoding.ts'
import { gunzip } from './gunzip.ts'
import { Peekable } from './peekable.ts'
import { type Otherwise, validUtf8 } from './utf8.ts'
import { findUtf16 } from './utf16.ts'
import { isWestern, westernText } from './western.ts'
import { DECLARATION_BYTES, declaredEncoding } from './xml-encoding.ts'

/** The text of a feed: what every reader reads. */
export interface Text {
  /** The name used in every place. */
  readonly file: string
  /** Valid UTF-8 without NUL and without byte order mark in front. */
  readonly bytes: Peekable
  /** What it is in; known for certain when it has been read. */
  readonly encoding: Encoding
  /** How many bytes of byte order marks come before the text. */
  readonly origin: number
  /** What was found out about compression and encoding before the text is read; `encoding.lateNotes` come with it. */
  readonly notes: readonly string[]
}

/** Inflates and decodes. Throws a FeedError for what is no text: damaged gzip, archives, workbooks, invalid bytes. */
export async function openText(bytes: Peekable, file: string, option: string): Promise<Text> {
  const isGzip = startsWith(await bytes.peek(2), GZIP)
  const plain = isGzip ? new Peekable(gunzip(bytes, file)) : bytes
  refuseArchive(await plain.peek(8), file)
  const encoding = await findEncoding(plain, file, option)
  const notes = [...(isGzip ? ['gzip'] : []), ...(encoding.isUtf8 ? [] : [`encoding ${encoding.name}`])]
  const mayTurn = option === 'auto' && !encoding.hasMark
  const utf8 = encoding.isUtf8
    ? validUtf8(plain, file, mayTurn ? orWestern(file, encoding) : null)
    : decode(plain, file, encoding.name)
  const text = new Peekable(utf8)
  return { file, bytes: text, encoding, origin: await dropMarks(text), notes }
}

/** "lamps.csv:7, byte 183"; without the byte when the text was decoded, so that its bytes are not those of the file. */
export function position({ file, encoding, origin }: Text, line: number, byte: number): string {
  return encoding.isUtf8 ? `${file}:${line}, byte ${origin + byte}` : `${file}:${line}`
}

/** A byte order mark says it for certain, then the option; otherwise it is UTF-8 unless the first bytes say more. */
async function findEncoding(bytes: Peekable, file: string, option: string): Promise<Encoding> {
  const head = (await bytes.peek(DECLARATION_BYTES)).subarray(0, DECLARATION_BYTES)
  const mark = MARKS.find(({ bytes }) => startsWith(head, bytes))
  if (mark) return new Encoding(mark.encoding, true)
  if (option !== 'auto') return new Encoding(encodingName(option), false)
  return new Encoding(findUtf16(head) ?? declaredEncoding(head, file) ?? 'utf-8', false)
}

function orWestern(file: string, encoding: Encoding): Otherwise {
  return async (bytes, before, spot) => {
    if (!(await isWestern(bytes, before))) return null
    encoding.turnWestern(spot.line)
    return westernText(bytes, file, spot)
  }
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
