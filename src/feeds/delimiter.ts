import { UsageError } from '../model/errors.ts'
import type { Text } from './text.ts'

/** The character that an option names; throws a UsageError when it is none that can separate cells. */
export function delimiterOf(option: string): string {
  const delimiter = namedDelimiter(option)
  if (delimiter !== null) return delimiter
  throw new UsageError(`"${option}" cannot be a delimiter`, {
    fix: 'Use one character, the word "tab", or "auto".',
  })
}

/** For people: a tab cannot be seen. */
export function delimiterName(delimiter: string): string {
  return delimiter === '\t' ? 'tab' : delimiter
}

/** The delimiter that Excel's line "sep=;" above a table names, if there is one. It is no record. */
export async function separatorLine(text: Text): Promise<string | null> {
  const head = (await text.bytes.peek(SEPARATOR_BYTES)).toString('utf8', 0, SEPARATOR_BYTES)
  const found = /^("?)sep=([^"\r\n]+)\1[ \t]*(?:\r|\n)/i.exec(head)?.[2]
  return found === undefined ? null : namedDelimiter(found)
}

const SEPARATOR_BYTES = 32

function namedDelimiter(name: string): string | null {
  if (name === 'tab' || name === '\\t') return '\t'
  return [...name].length === 1 && !/["\r\n]/.test(name) ? name : null
}
