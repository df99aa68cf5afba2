import { printable } from '../../../lib/text.ts'
import type { Look } from '../../reporter.ts'
import { marks } from '../../style.ts'
import { shortenMiddle } from '../../text/width.ts'

/** An address behind so many columns; cut in its middle where it is longer than the line, unless everything is asked for. */
export function addressText(url: string, column: number, look: Look): string {
  const text = printable(url)
  return look.verbose ? text : shortenMiddle(text, look.width - column, marks(look).ellipsis)
}
