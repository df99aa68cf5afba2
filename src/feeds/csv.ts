import { plural, printable } from '../lib/text.ts'
import { FeedError } from '../model/errors.ts'
import type { TableRecord } from '../model/record.ts'
import { delimiterOf, findDelimiter } from './delimiter.ts'
import type { FeedReader } from './feed.ts'
import { isEmpty } from './format.ts'
import { columnNames, duplicates, isBlank, isComment } from './header.ts'
import { LIMITS } from './limits.ts'
import { LineCounter } from './lines.ts'
import { type ChunkReader, openPages } from './pages.ts'
import { findStrayQuote } from './quotes.ts'
import { notClosed, type Row, RowParser } from './rows.ts'
import { position, type Text } from './text.ts'

/** A header and rows, with commas or another delimiter; comment rows above the header and blank rows mean nothing. */
export const openCsv: FeedReader = async (text, options) => {
  const isAuto = options.delimiter === 'auto'
  const delimiter = isAuto ? await findDelimiter(text, options.code) : delimiterOf(options.delimiter)
  const table = new TableReader(text, delimiter, options.code)
  const records = await openPages(text.bytes, table)
  const notes = [
    ...text.notes,
    ...(isAuto ? [`delimiter ${delimiter === '\t' ? 'tab' : delimiter}`] : []),
    ...table.notes(),
  ]
  return { file: text.file, format: 'csv', columns: table.columns, notes, records }
}

class TableReader implements ChunkReader<TableRecord> {
  /** Empty until the header was found. */
  columns: readonly string[] = []
  readonly #text: Text
  readonly #delimiter: Buffer
  readonly #code: string | null
  readonly #rows: RowParser
  #headerLine = 0
  #comments = 0
  #count = 0

  constructor(text: Text, delimiter: string, code: string | null) {
    this.#text = text
    this.#delimiter = Buffer.from(delimiter)
    this.#code = code
    this.#rows = new RowParser(text, delimiter)
  }

  async read(chunk: Buffer): Promise<TableRecord[]> {
    return this.#toRecords(await this.#rows.read(chunk))
  }

  async end(): Promise<TableRecord[]> {
    const records = this.#toRecords(await this.#rows.end())
    if (this.#headerLine === 0) throw isEmpty(this.#text.file)
    if (this.#count === 0) throw headerOnly(this.#text.file)
    return records
  }

  notes(): string[] {
    const repeated = duplicates(this.columns).map(name => `"${printable(name)}"`)
    return [
      ...(this.#headerLine > 1 ? [`header on line ${this.#headerLine}`] : []),
      ...(this.#comments > 0 ? [`${plural(this.#comments, 'comment row')} skipped`] : []),
      ...(repeated.length > 0 ? [`several columns named ${repeated.join(', ')}`] : []),
    ]
  }

  #toRecords(rows: readonly Row[]): TableRecord[] {
    const records: TableRecord[] = []
    for (const row of rows) {
      if (row.cells.length > LIMITS.columns) throw tooManyColumns(this.#text, row)
      if (isBlank(row.cells)) continue
      if (this.#headerLine === 0) this.#readHeader(row)
      else records.push(this.#toRecord(row))
    }
    this.#count += records.length
    return records
  }

  #readHeader(row: Row): void {
    if (isComment(row.cells, this.#code)) {
      this.#comments++
      return
    }
    this.#refuseSwallowedRows(row)
    this.columns = columnNames(row.cells)
    this.#headerLine = row.line
  }

  #toRecord(row: Row): TableRecord {
    this.#refuseSwallowedRows(row)
    const place = `${this.#text.file}:${row.line}`
    const width = this.columns.length
    if (row.cells.length <= width) return { place, cells: row.cells }
    if (!isBlank(row.cells.slice(width))) throw tooManyCells(place, width, row.cells.length)
    return { place, cells: row.cells.slice(0, width) }
  }

  /**
   * `"12" lamp"` is bad but harmless. When such a cell runs over a line break, or the row then has too few cells, a
   * quote that was never closed has more likely swallowed what follows. The text of such a cell starts with a quote.
   */
  #refuseSwallowedRows(row: Row): void {
    if (!row.cells.some(cell => cell.startsWith('"'))) return
    const stray = findStrayQuote(row.raw, this.#delimiter)
    if (stray === null || (!stray.hasLineBreak && row.cells.length >= this.columns.length)) return
    const lines = new LineCounter()
    lines.pass(row.raw.subarray(0, stray.at))
    throw notClosed(this.#text, row.line + lines.line - 1, row.byte + stray.at)
  }
}

function headerOnly(file: string): FeedError {
  return new FeedError(`${file} has a header but no records`, { fix: 'Check that the export was finished.' })
}

function tooManyColumns(text: Text, row: Row): FeedError {
  return new FeedError(
    `${position(text, row.line, row.byte)}: ${row.cells.length} columns; at most ${LIMITS.columns} are read`,
    { fix: 'Leave out the columns that are not needed, or name the delimiter with --delimiter.' },
  )
}

function tooManyCells(place: string, expected: number, found: number): FeedError {
  return new FeedError(`${place}: expected ${plural(expected, 'column')}, found ${found}`, {
    fix: 'Put quotes around cells that contain the delimiter, or name the right one with --delimiter.',
  })
}
