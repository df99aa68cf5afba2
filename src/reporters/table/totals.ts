import { duration, plural, printable } from '../../lib/text.ts'
import { STATUSES } from '../../model/outcome.ts'
import type { PlannedTarget, TargetSummary } from '../../model/report.ts'
import { ACTIONS } from '../../model/step.ts'
import type { Look } from '../reporter.ts'
import { paint, paintAs, type Word } from '../style.ts'
import { pad, widthOf } from '../width.ts'
import { requestWords, timeWords } from './forecast.ts'

/** One line per target: what became of its items, and what that took. */
export function totalLines(targets: readonly TargetSummary[], look: Look): string[] {
  return lines(targets, look, target => [
    ...counts(STATUSES, target.totals, look),
    ...cost(target.items + target.requests, plural(target.requests, 'request'), duration(target.durationMs)),
  ])
}

/** One line per target: what a push would do, and what the rate limit makes of it. */
export function plannedLines(targets: readonly PlannedTarget[], look: Look): string[] {
  return lines(targets, look, ({ totals, items, forecast }) => [
    ...counts(ACTIONS, totals, look),
    ...cost(items + forecast.most, requestWords(forecast), timeWords(forecast)),
  ])
}

function lines<T extends { readonly name: string }>(
  targets: readonly T[],
  look: Look,
  parts: (target: T) => readonly string[],
): string[] {
  const names = targets.map(target => printable(target.name))
  const width = Math.max(0, ...names.map(widthOf))
  return targets.map((target, at) => [paint(look, 'bold', pad(names[at] ?? '', width)), ...parts(target)].join('  '))
}

function counts<W extends Word>(words: readonly W[], totals: Readonly<Record<W, number>>, look: Look): string[] {
  const present = words.filter(word => totals[word] > 0)
  if (present.length === 0) return ['nothing to do']
  return present.map(word => paintAs(look, word, `${word} ${totals[word]}`))
}

/** A target without items that was asked nothing took nothing worth telling. */
function cost(effort: number, requests: string, time: string | null): string[] {
  if (effort === 0) return []
  return time === null ? [requests] : [requests, time]
}
