import { FeedError } from '../model/errors.ts'
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
