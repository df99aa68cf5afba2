import { truncate } from '../../../lib/text.ts'
import { foreign } from '../../text/foreign.ts'

/** Keeps one value from taking the room of all the others. */
const LONGEST = 300

/**
 * Foreign text as a code span, the only place in Markdown where nothing in it becomes a link, a mention of somebody, an
 * issue number, an image or HTML. Empty text gives an empty text.
 */
export function code(text: string): string {
  return command(truncate(foreign(text), LONGEST))
}

/** The same, whole, so that it can be copied. */
export function command(text: string): string {
  const shown = foreign(text)
  if (shown === '') return ''
  const longest = Math.max(0, ...(shown.match(/`+/g) ?? []).map(run => run.length))
  const fence = '`'.repeat(longest + 1)
  const space = /^[` ]|[` ]$/.test(shown) ? ' ' : ''
  return fence + space + shown + space + fence
}

/**
 * Cells as a row of a table. A pipe would end its cell even in a code span; with a backslash it is shown as it is. One that has a
 * backslash before it already becomes visible as \u{7c}: how two of them are read differs from place to place.
 */
export function tableRow(cells: readonly string[]): string {
  const kept = cells.map(cell => cell.replace(/(\\?)\|/g, (_, before: string) => (before === '' ? '\\|' : '\\\\u{7c}')))
  return `| ${kept.join(' | ')} |`
}
