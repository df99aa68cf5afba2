import { plural, printable } from '../lib/text.ts'
import type { Dialect, Recogniser, TableRecord } from '../model/record.ts'
import { CR, LF } from './ascii.ts'
import { delimiterName } from './delimiter.ts'
import type { FeedReader } from './feed.ts'
import { isEmpty } from './format.ts'
import { columnNames, duplicates, isBlank } from './header.ts'
import { findLayout, type Layout } from './layout.ts'
import { LIMITS } from './limits.ts'
import { type ChunkReader, openPages } from './pages.ts'
import { isUncut, type Row, recordDigest } from './row.ts'
import { cutOff, headerOnly, notClosed, tooManyCells, tooManyColumns } from './row-faults.ts'
import { RowReader } from './row-reader.ts'
import type { Text } from './text.ts'

/** A header and rows, with commas or another delimiter; comments and titles above the header and blank rows mean nothing. */
export const openCsv: FeedReader = async (text, options) => {
  const layout = await findLayout(text, options)
  const table = new TableReader(text, layout)
  const records = await openPages(text.bytes, table, 1)
  const found = [...delimiterNotes(layout), ...table.notes()]
  return {
    file: text.file,
    format: 'csv',
    columns: table.columns,
    get dialect() {
      return table.dialect()
    },
    get notes() {
      return [...text.notes, ...text.encoding.lateNotes, ...found]
    },
    records,
    hasOpenEnd: () => table.hasOpenEnd,
    recognise: known => table.recognise(known),
  }
}

class TableReader implements ChunkReader<TableRecord> {
  /** Empty until the header was found. */
  columns: readonly string[] = []
  hasOpenEnd = false
  readonly #text: Text
  readonly #layout: Layout
  readonly #rows: RowReader
  #header: Row | null = null
  /** How many records have so many cells. */
  readonly #widths: number[] = []
  #count = 0

  constructor(text: Text, layout: Layout) {
    this.#text = text
    this.#layout = layout
    this.#rows = new RowReader(text, layout.delimiter)
  }

  recognise(records: Recogniser): void {
    this.#rows.recognise({ records, columns: this.columns.length })
  }

  async read(chunk: Buffer): Promise<TableRecord[]> {
    const last = chunk.at(-1)
    this.hasOpenEnd = last !== LF && last !== CR
    const records: TableRecord[] = []
    for await (const rows of this.#rows.read(chunk)) this.#addRecords(rows, records)
    return records
  }

  async end(): Promise<TableRecord[]> {
    const records: TableRecord[] = []
    let last: Row | undefined
    for await (const rows of this.#rows.end()) {
      this.#addRecords(rows, records)
      last = rows.at(-1)
    }
    if (this.#header === null) throw isEmpty(this.#text.file)
    if (this.#count === 0) throw headerOnly(this.#text.file)
    if (last && this.#isCutOff(last)) throw cutOff(this.#text, last, this.columns.length)
    return records
  }

  dialect(): Dialect {
    const { name: encoding, hasMark } = this.#text.encoding
    return { delimiter: this.#layout.delimiter, encoding, hasMark, lineEnd: this.#header?.lineEnd || '\n' }
  }

  notes(): string[] {
    const { rowsAbove } = this.#layout
    const line = this.#header?.line ?? 1
    const above = rowsAbove > 0 ? `, ${plural(rowsAbove, 'row')} above it passed over` : ''
    const repeated = duplicates(this.columns).map(name => `"${printable(name)}"`)
    return [
      ...(line > 1 ? [`header on line ${line}${above}`] : []),
      ...(repeated.length > 0 ? [`several columns named ${repeated.join(', ')}`] : []),
    ]
  }

  #addRecords(rows: readonly Row[], records: TableRecord[]): void {
    for (const row of rows) {
      if (isUncut(row)) {
        records.push(this.#toKnownRecord(row))
        continue
      }
      if (row.cells.length > LIMITS.columns) throw tooManyColumns(this.#text, row)
      if (row.byte < this.#layout.header || isBlank(row.cells)) continue
      this.#refuseSwallowedRows(row)
      if (this.#header === null) this.#readHeader(row)
      else records.push(this.#toRecord(row))
    }
  }

  #readHeader(row: Row): void {
    this.#header = row
    this.columns = columnNames(row.cells)
  }

  #toRecord(row: Row): TableRecord {
    const { file } = this.#text
    const { cells } = row
    const width = this.columns.length
    this.#noteWidth(cells.length)
    if (cells.length <= width) return new RowRecord(file, row, cells, recordDigest(row, width))
    if (!isBlank(cells.slice(width))) throw tooManyCells(`${file}:${row.line}`, width, cells.length)
    return new RowRecord(file, row, cells.slice(0, width), row.digest)
  }

  #toKnownRecord(row: Row): TableRecord {
    this.#noteWidth(this.columns.length)
    return new RowRecord(this.#text.file, row, row.cells, row.digest)
  }

  #noteWidth(cells: number): void {
    this.#widths[cells] = (this.#widths[cells] ?? 0) + 1
    this.#count++
  }

  /**
   * `"12" lamp"` is bad but harmless. When such a cell runs over a line break, or the row then has too few cells, a
   * quote that was never closed has more likely swallowed what follows.
   */
  #refuseSwallowedRows({ cells, stray }: Row): void {
    if (stray === null || (!stray.isSplit && cells.length >= this.columns.length)) return
    throw notClosed(this.#text, stray)
  }

  /**
   * A last row without a line end that has fewer cells than the header was cut off, unless that is how the file is
   * written: at least half of the other records are short as well.
   */
  #isCutOff({ lineEnd, cells }: Row): boolean {
    if (lineEnd !== '' || cells.length >= this.columns.length || isBlank(cells)) return false
    const others = this.#count - 1
    const short = this.#widths.slice(0, this.columns.length).reduce((sum, count) => sum + (count ?? 0), 0) - 1
    return others === 0 || short * 2 < others
  }
}

/** The record of a row. */
class RowRecord implements TableRecord {
  readonly cells: readonly string[]
  readonly line: number
  readonly digest: number
  readonly known: number | null | undefined
  readonly #file: string

  constructor(file: string, { line, known }: Row, cells: readonly string[], digest: number) {
    this.#file = file
    this.line = line
    this.cells = cells
    this.digest = digest
    this.known = known
  }

  /** Of most records nobody asks for it. */
  get place(): string {
    return `${this.#file}:${this.line}`
  }
}

function delimiterNotes({ delimiter, delimiterFrom }: Layout): string[] {
  if (delimiterFrom === 'option') return []
  return [`delimiter ${delimiterName(delimiter)}${delimiterFrom === 'line' ? ', as its first line says' : ''}`]
}
