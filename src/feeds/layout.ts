import { FeedError } from '../model/errors.ts'
import { delimiterOf, separatorLine } from './delimiter.ts'
import type { FeedOptions } from './feed.ts'
import { isBlank } from './header.ts'
import { LIMITS } from './limits.ts'
import type { Row } from './row.ts'
import { RowReader } from './row-reader.ts'
import { isAbove, isBetter, type Table, tableOf } from './table.ts'
import type { Text } from './text.ts'

/** Where a table is in a text, and what separates its cells. */
export interface Layout {
  readonly delimiter: string
  /** Said by an option or by the line "sep=;", or found by looking. */
  readonly delimiterFrom: 'option' | 'line' | 'rows'
  /** The first row from this byte of the text on is the header. */
  readonly header: number
  /** Comments and titles above it. */
  readonly rowsAbove: number
}

/** Bytes in which the header is found with records below, unless comments or the header are longer than that. */
const HEAD = 64 * 1024

/** By how much they say when they fit: commas also occur in texts and prices. */
const USUAL = ['\t', ';', '|', ',']

/** Believed only if all rows have as many cells, and none of the others makes a table of the same header. */
const UNUSUAL = ['^', '~']

/**
 * Finds the header and, unless it is said, the delimiter: the one by which the first rows are most like a table. Throws a
 * FeedError when there is nothing but comments.
 */
export async function findLayout(text: Text, options: Pick<FeedOptions, 'delimiter' | 'code'>): Promise<Layout> {
  const line = await separatorLine(text)
  const option = options.delimiter === 'auto' ? null : delimiterOf(options.delimiter)
  const said = option ?? line
  for (let size = HEAD; ; size *= 4) {
    const head = await readHead(text, size, line !== null, options.code)
    const table = said === null ? await bestTable(head) : await head.read(said)
    const isSeen = table.header !== -1 && table.header < table.rows.length - 1
    if (!isSeen && !head.isWhole && size < LIMITS.recordBytes) continue
    if (table.header === -1 && table.rows.length > 0) throw onlyComments(text.file, table.rows.length)
    return {
      delimiter: table.delimiter,
      delimiterFrom: option !== null ? 'option' : line !== null ? 'line' : 'rows',
      header: table.rows[table.header]?.byte ?? (line === null ? 0 : 1),
      rowsAbove: Math.max(0, table.header),
    }
  }
}

/** The start of a text, to be read in several ways. */
interface Head {
  readonly isWhole: boolean
  has(delimiter: string): boolean
  read(delimiter: string): Promise<Table>
}

async function readHead(text: Text, size: number, hasSeparatorLine: boolean, code: string | null): Promise<Head> {
  const bytes = (await text.bytes.peek(size)).subarray(0, size)
  const isWhole = bytes.length < size
  return {
    isWhole,
    has: delimiter => bytes.includes(delimiter),
    async read(delimiter) {
      const rows = await readRows(text, bytes, isWhole, delimiter)
      const own = rows.slice(hasSeparatorLine ? 1 : 0).filter(row => !isBlank(row.cells))
      return tableOf(delimiter, own, code)
    },
  }
}

async function readRows(text: Text, bytes: Buffer, isWhole: boolean, delimiter: string): Promise<readonly Row[]> {
  const reader = new RowReader(text, delimiter)
  const rows: Row[] = []
  try {
    for await (const some of reader.read(bytes)) rows.push(...some)
    if (isWhole) for await (const some of reader.end()) rows.push(...some)
  } catch (error) {
    if (!(error instanceof FeedError)) throw error // told when the rows are really read
  }
  return rows
}

async function bestTable(head: Head): Promise<Table> {
  let best: Table | null = null
  for (const delimiter of USUAL.filter(head.has)) {
    const table = await head.read(delimiter)
    if (table.columns.length > 1 && (!best || isBetter(table, best))) best = table
  }
  for (const delimiter of UNUSUAL.filter(head.has)) {
    const table = await head.read(delimiter)
    if (table.isSteady && table.steadiness === 1 && (!best?.isSteady || isAbove(table, best))) best = table
  }
  return best ?? head.read(',')
}

function onlyComments(file: string, rows: number): FeedError {
  return new FeedError(`${file} has no header: its first ${rows} rows are comments`, {
    fix: 'Name the code column with --code-column: the row that holds it is the header.',
  })
}
