import type { Document, Look, Reporter } from '../reporter.ts'
import { checkTable } from './table/check.ts'
import { planTable } from './table/plan.ts'
import { reportTable } from './table/report.ts'
import { verifyTable } from './table/verify.ts'

/** Text for people: what changed, what needs attention and why, and the totals as the last lines. */
export const table: Reporter = {
  format: 'table',
  extensions: [],
  kinds: ['report', 'plan', 'check', 'verify'],
  render,
}

function render(document: Document, look: Look): Iterable<string> {
  switch (document.kind) {
    case 'report':
      return reportTable(document, look)
    case 'plan':
      return planTable(document, look)
    case 'check':
      return checkTable(document, look)
    case 'verify':
      return verifyTable(document, look)
  }
}
