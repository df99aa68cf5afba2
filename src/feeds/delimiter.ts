import { FeedError, UsageError } from '../model/errors.ts'
import { columnNames, isBlank, isComment } from './header.ts'
import { LIMITS } from './limits.ts'
import { RowParser } from './rows.ts'
import type { Text } from './text.ts'

const HEAD = 64 * 1024

/** By how much they say when they fit: commas also occur in texts and prices. */
const CANDIDATES = ['\t', ';', '|', ',']

/** The character that an option names; throws a UsageError when it is none that can separate cells. */
export function delimiterOf(option: string): string {
  if (option === 'tab' || option === '\\t') return '\t'
  if ([...option].length === 1 && !/["\r\n]/.test(option)) return option
  throw new UsageError(`"${option}" cannot be a delimiter`, {
    fix: 'Use one character, the word "tab", or "auto".',
  })
}

/** The delimiter by which the start of the text has the most columns that stay the same from row to row. */
export async function findDelimiter(text: Text, code: string | null): Promise<string> {
  const head = await text.bytes.peek(HEAD)
  let best = { delimiter: ',', score: 0 }
  for (const delimiter of CANDIDATES.filter(candidate => head.includes(candidate))) {
    const score = scoreOf(await readHead(text, head, delimiter), code)
    if (score > best.score) best = { delimiter, score }
  }
  return best.delimiter
}

async function readHead(text: Text, head: Buffer, delimiter: string): Promise<readonly (readonly string[])[]> {
  const parser = new RowParser(text, delimiter)
  const rows = await parser.read(head)
  try {
    if (text.bytes.isWhole) rows.push(...(await parser.end()))
  } catch (error) {
    if (!(error instanceof FeedError)) throw error // told when the rows are really read
  }
  return rows.map(row => row.cells).filter(cells => !isBlank(cells))
}

/** Columns besides the first, as far as the records have them too; more when the header holds the code column. */
function scoreOf(rows: readonly (readonly string[])[], code: string | null): number {
  const at = rows.findIndex(cells => !isComment(cells, code))
  const header = rows[at] ?? []
  const records = rows.slice(at + 1)
  const fits = records.reduce((sum, cells) => sum + agreement(cells.length, header.length), 0)
  const steadiness = records.length === 0 ? 1 : fits / records.length
  const holdsCode = code !== null && header.length > 1 && columnNames(header).includes(code)
  return (header.length - 1) * steadiness + (holdsCode ? LIMITS.columns : 0)
}

/** Rows may be short, but those with a single cell say that this is not the delimiter. */
function agreement(cells: number, columns: number): number {
  if (cells === columns) return 1
  return cells > 1 && cells < columns ? 0.5 : 0
}
