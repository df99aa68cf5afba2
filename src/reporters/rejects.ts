import { blocks } from '../lib/blocks.ts'
import { printable } from '../lib/text.ts'
import type { Dialect } from '../model/record.ts'
import { type FeedFile, FIX, REASON, type RejectedRecord, type Rejects } from '../model/rejects.ts'
import { type Columns, unite } from './rejects/columns.ts'
import { type Encode, encoderFor } from './rejects/encoding.ts'
import { jsonText } from './text/json-text.ts'
import { headerRow, row } from './text/row.ts'

/** Refused records as a feed of their own. */
export interface RejectsFile {
  readonly format: 'csv' | 'ndjson'
  readonly encoding: string
  /** A byte order mark says the encoding. */
  readonly hasMark: boolean
  /** Why it is not in the encoding of the feed, as a sentence; null when it is. */
  readonly notice: string | null
  /** The file from start to end. */
  bytes(): Iterable<Uint8Array>
}

/**
 * Tables are written as they came: the same columns, delimiter, line ends and encoding, the values exactly as they were,
 * and two columns more. Tables with different headers become one with the columns of all, written like the first. Objects,
 * and tables among objects, become lines of JSON.
 */
export function rejectsFile(rejects: Rejects): RejectsFile {
  const used = usedFiles(rejects)
  const isTable = used.every(at => Array.isArray(rejects.files[at]?.columns))
  return isTable ? table(rejects, used) : lines(rejects)
}

const UTF8 = { encoding: 'utf-8', hasMark: false }
const PLAIN: Dialect = { ...UTF8, delimiter: ',', lineEnd: '\n' }

/** The files that refused records are from, in the order of the feed. */
function usedFiles(rejects: Rejects): number[] {
  const used = new Set<number>()
  for (const { file } of rejects.records()) used.add(file)
  return [...rejects.files.keys()].filter(at => used.has(at))
}

function table(rejects: Rejects, used: readonly number[]): RejectsFile {
  const files = used.flatMap(at => rejects.files[at] ?? [])
  const columns = unite(files.map(({ columns }) => columns ?? []))
  const dialect = files.find(each => each.dialect !== null)?.dialect ?? PLAIN
  const { encoding, hasMark } = dialect
  const encode = encoderFor(encoding)
  const texts = () => rows(rejects, { columns, used, dialect, encode })
  if (isWritable(texts(), encode)) {
    return { format: 'csv', encoding, hasMark, notice: null, bytes: () => encoded(texts(), encode, hasMark) }
  }
  const inUtf8 = encoderFor('utf-8')
  const notice = `It is in UTF-8, because ${encoding} cannot hold all of it.`
  const all = () => rows(rejects, { columns, used, dialect, encode: inUtf8 })
  return { format: 'csv', encoding: 'utf-8', hasMark: true, notice, bytes: () => encoded(all(), inUtf8, true) }
}

interface Layout {
  readonly columns: Columns
  readonly used: readonly number[]
  readonly dialect: Dialect
  readonly encode: Encode
}

function* rows(rejects: Rejects, { columns, used, dialect, encode }: Layout): Generator<string> {
  const { delimiter, lineEnd } = dialect
  yield headerRow([...columns.names, REASON, FIX], delimiter, lineEnd)
  for (const { file, cells, reason, fix } of rejects.records()) {
    const own = [reason, fix].map(text => writable(printable(text), encode))
    yield row([...columns.arrange(used.indexOf(file), cells ?? []), ...own], delimiter, lineEnd)
  }
}

/** Our own words give way to the encoding; the values of the feed never do. */
function writable(text: string, encode: Encode): string {
  if (encode(text) !== null) return text
  return [...text.replaceAll('…', '...')].map(character => (encode(character) === null ? '?' : character)).join('')
}

function isWritable(texts: Iterable<string>, encode: Encode): boolean {
  for (const text of blocks(texts)) if (encode(text) === null) return false
  return true
}

function* encoded(texts: Iterable<string>, encode: Encode, hasMark: boolean): Generator<Uint8Array> {
  if (hasMark) yield encode('\ufeff') ?? new Uint8Array()
  for (const text of blocks(texts)) yield encode(text) ?? new Uint8Array()
}

function lines(rejects: Rejects): RejectsFile {
  const texts = () => objects(rejects)
  return { format: 'ndjson', ...UTF8, notice: null, bytes: () => encoded(texts(), encoderFor('utf-8'), false) }
}

function* objects(rejects: Rejects): Generator<string> {
  for (const record of rejects.records()) {
    const members = membersOf(record, rejects.files[record.file]).filter(([name]) => name !== REASON && name !== FIX)
    const own = [record.reason, record.fix].map(printable)
    yield `${jsonText(Object.fromEntries([...members, [REASON, own[0]], [FIX, own[1]]]))}\n`
  }
}

/** A name that a header repeats gets a number: keys of an object cannot be repeated. */
function membersOf({ value, cells }: RejectedRecord, file: FeedFile | undefined): (readonly [string, unknown])[] {
  if (value !== null) return Object.entries(value)
  const columns = file?.columns ?? []
  return columns.map((name, at) => {
    const nth = columns.slice(0, at).filter(each => each === name).length + 1
    return [nth === 1 ? name : `${name} (${nth})`, cells?.[at] ?? '']
  })
}
