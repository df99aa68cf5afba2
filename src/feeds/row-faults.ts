import { plural } from '../lib/text.ts'
import { FeedError } from '../model/errors.ts'
import { LIMITS } from './limits.ts'
import type { Row } from './row.ts'
import { position, type Text } from './text.ts'
import type { Spot } from './utf8.ts'

/** A quote that is never closed, or that closes where something else must have been meant. */
export function notClosed(text: Text, { line, byte }: Spot): FeedError {
  return new FeedError(`${position(text, line, byte)}: the quote that opens here is not closed`, {
    fix: 'Close it, or double the quotes inside the cell (""); if the file was cut off, export it again.',
  })
}

export function tooLarge(text: Text, { line, byte }: Spot, what: 'record' | 'cell'): FeedError {
  const limit = what === 'record' ? '1 MiB' : '512 KiB'
  return new FeedError(`${position(text, line, byte)}: a ${what} of more than ${limit}`, {
    fix: 'Leave out the columns that are not needed, or close a quote that was left open further up.',
  })
}

export function headerOnly(file: string): FeedError {
  return new FeedError(`${file} has a header but no records`, { fix: 'Check that the export was finished.' })
}

export function cutOff(text: Text, { line, byte, cells }: Row, columns: number): FeedError {
  const found = `${cells.length} of ${plural(columns, 'column')}`
  return new FeedError(
    `${position(text, line, byte)}: the file is cut off: its last row has ${found} and no line end`,
    {
      fix: 'Export or download it again; if it is complete, end its last line with a line break.',
    },
  )
}

export function tooManyColumns(text: Text, row: Row): FeedError {
  return new FeedError(
    `${position(text, row.line, row.byte)}: ${row.cells.length} columns; at most ${LIMITS.columns} are read`,
    { fix: 'Leave out the columns that are not needed, or name the delimiter with --delimiter.' },
  )
}

export function tooManyCells(place: string, expected: number, found: number): FeedError {
  return new FeedError(`${place}: expected ${plural(expected, 'column')}, found ${found}`, {
    fix: 'Put quotes around cells that contain the delimiter, or name the right one with --delimiter. If the header is not on the first line, name the code column with --code-column.',
  })
}
