import { foreign } from '../../text/foreign.ts'

/**
 * The text as a cell that no spreadsheet takes for a formula and no terminal for a command, from which the text can be told
 * back exactly:
 *
 * 1. An apostrophe at the start of the cell or after a semicolon is dropped where only apostrophes, then blanks, then one of
 *    `= + - @` (wide and small forms included) follow; so is the first one of a cell of apostrophes only.
 * 2. `\u{…}` is the character of that hexadecimal number.
 *
 * Semicolons count because a spreadsheet of a country with decimal commas takes them for the end of a cell.
 */
export function guarded(text: string): string {
  if (!SUSPICIOUS.test(text)) return text
  return foreign(text.replaceAll('\\u{', '\\u{5c}u{')).replace(FORMULA, "'")
}

/** Most texts have nothing of this; looking closer costs more than all the rest of a line. */
const SUSPICIOUS = /^(?!\w)|[^\w .:/-]/

/** A place where a spreadsheet could begin to read a formula; and the start of nothing, which an empty cell would not be told from. */
const FORMULA = /(?<=^|;)(?='*\s*[=+\-@＝＋－＠﹦﹢﹣﹫])|^(?='*$)/g
