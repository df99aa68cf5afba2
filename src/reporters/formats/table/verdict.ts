import { type Verdict, verdictOf } from '../../document/verdict.ts'
import type { Document, Look } from '../../reporter.ts'
import { type Color, marks, paint } from '../../style.ts'

const COLORS: Readonly<Record<Verdict['tone'], Color>> = { good: 'green', warning: 'yellow', bad: 'red' }

/** What the document says in one line: its mark, its colour and its words. */
export function verdictLine(document: Document, look: Look): string {
  const { tone, text } = verdictOf(document)
  return paint(look, COLORS[tone], `${marks(look)[tone]} ${text}`)
}
