import { truncate } from '../../../lib/text.ts'
import { foreign } from '../../text/foreign.ts'

/** Keeps one value from taking the room of all the others. */
const LONGEST = 300

/**
 * Foreign text as a code span, the only place in Markdown where nothing in it becomes a link, a mention of somebody, an
 * issue number, an image or HTML. Pipes become visible as \u{7c}: they would end the cell of a table even there, and how a
 * backslash before them is read differs from place to place. Empty text gives an empty text.
 */
export function code(text: string): string {
  const shown = truncate(foreign(text).replaceAll('|', '\\u{7c}'), LONGEST)
  if (shown === '') return ''
  const longest = Math.max(0, ...(shown.match(/`+/g) ?? []).map(run => run.length))
  const fence = '`'.repeat(longest + 1)
  const space = /^[` ]|[` ]$/.test(shown) ? ' ' : ''
  return fence + space + shown + space + fence
}
