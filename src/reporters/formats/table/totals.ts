import { duration, plural, printable } from '../../../lib/text.ts'
import { STATUSES } from '../../../model/outcome.ts'
import type { PlannedTarget, TargetSummary } from '../../../model/report.ts'
import { ACTIONS } from '../../../model/step.ts'
import { CONDITIONS, type VerifiedTarget } from '../../../model/verification.ts'
import { requestWords, timeWords } from '../../document/forecast-words.ts'
import type { Look } from '../../reporter.ts'
import { paint, paintAs, type Word } from '../../style.ts'
import { pad, widthOf } from '../../text/width.ts'

/** One line per target: what became of its items, and what that took. */
export function totalLines(targets: readonly TargetSummary[], look: Look): string[] {
  return lines(targets, look, target => [
    ...countWords(STATUSES, target.totals, look),
    ...cost(target.items + target.requests, plural(target.requests, 'request'), duration(target.durationMs)),
  ])
}

/** One line per target: what a push would do, and what the rate limit makes of it. */
export function plannedLines(targets: readonly PlannedTarget[], look: Look): string[] {
  return lines(targets, look, ({ totals, items, forecast }) => [
    ...countWords(ACTIONS, totals, look),
    ...cost(items + forecast.most, requestWords(forecast), timeWords(forecast)),
  ])
}

/** One line per target: how its images were found, and what that took. */
export function verifiedLines(targets: readonly VerifiedTarget[], look: Look): string[] {
  return lines(targets, look, ({ totals, requests, durationMs }) => [
    ...countWords(CONDITIONS, totals, look, 'nothing to compare'),
    plural(requests, 'request'),
    duration(durationMs),
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

/** "missing 3", "extra 1", of those that there are any of. */
export function countWords<W extends Word>(
  words: readonly W[],
  totals: Readonly<Record<W, number>>,
  look: Look,
  none = 'nothing to do',
): string[] {
  const present = words.filter(word => totals[word] > 0)
  if (present.length === 0) return [none]
  return present.map(word => paintAs(look, word, `${word} ${totals[word]}`))
}

/** A target without items that was asked nothing took nothing worth telling. */
function cost(effort: number, requests: string, time: string | null): string[] {
  if (effort === 0) return []
  return time === null ? [requests] : [requests, time]
}
