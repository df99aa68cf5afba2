import { printable } from '../../../lib/text.ts'
import type { Json } from '../../../model/json.ts'
import type { Look } from '../../reporter.ts'
import { paint } from '../../style.ts'
import { wrap } from '../../text/width.ts'

/** What stands before the lines about an item. */
export const INDENT = '    '

/** A text below the item, in as many lines as it takes; `more`: what stands before it and its lines besides. */
export function* indented(text: string, look: Look, more = ''): Generator<string> {
  const start = INDENT + more
  for (const line of wrap(printable(text), look.width - start.length)) yield start + line
}

/** A payload as JSON, line by line. */
export function* payloadLines(title: string, payload: Json, look: Look): Generator<string> {
  yield `${INDENT}${paint(look, 'dim', title)}`
  for (const line of JSON.stringify(payload, null, 2).split('\n')) yield `${INDENT}  ${printable(line)}`
}
