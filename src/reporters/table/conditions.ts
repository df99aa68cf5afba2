import { CONDITIONS, type Condition } from '../../model/report.ts'
import type { Look } from '../reporter.ts'
import { badge, paintAs, type Word } from '../style.ts'

const WORDS: Record<Condition, Word> = {
  same: 'unchanged',
  missing: 'failed',
  differs: 'update',
  moved: 'update',
  extra: 'create',
  unreadable: 'unknown',
}

/** Symbol and word; those of drift are equally long. */
export function conditionBadge(look: Look, status: Condition): string {
  return badge(look, WORDS[status], status.padEnd('missing'.length))
}

/** "missing 3  extra 1", of those that there are any of. */
export function conditionCounts(totals: Readonly<Record<Condition, number>>, look: Look): string[] {
  const present = CONDITIONS.filter(status => totals[status] > 0)
  return present.map(status => paintAs(look, WORDS[status], `${status} ${totals[status]}`))
}
