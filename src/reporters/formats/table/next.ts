import { printable } from '../../../lib/text.ts'
import type { Report } from '../../../model/report.ts'
import type { Look } from '../../reporter.ts'
import { paint } from '../../style.ts'

/** What to type next, and where the whole report lies. Commands are never broken, so that they can be copied. */
export function* nextLines({ next = [], full = [] }: Report, look: Look): Generator<string> {
  for (const command of next) yield `Next: ${paint(look, 'bold', printable(command))}`
  if (full.length > 0) yield `Full report: ${full.map(printable).join(', ')}`
}
