import { duration, plural, printable } from '../../lib/text.ts'
import type { Condition, Repair, VerifiedTarget, VerifyReport } from '../../model/report.ts'
import type { Look } from '../reporter.ts'
import { marks, paint } from '../style.ts'
import { pad, widthOf } from '../width.ts'
import { conditionCounts } from './conditions.ts'
import { everywhereLines } from './everywhere.ts'
import { feedLines, noticeLines, warningLines } from './feed.ts'
import { findingLines } from './findings.ts'
import { sections } from './sections.ts'

/** What the targets really hold, for people: where they differ from the feed and from each other, what repairs it, the totals. */
export function* verifyTable(verify: VerifyReport, look: Look): Generator<string> {
  yield* sections(
    feedLines(verify.feed),
    findingLines(verify, look),
    everywhereLines(verify, look),
    warningLines(verify.feed, look),
    noticeLines(verify.notices, look),
    look.verbose ? limitLines(verify.targets, look) : [],
    adviceLines(verify, look),
    verdictLines(verify, look),
    verify.targets.map(target => totalLine(target, verify.targets, look)),
  )
}

function* limitLines(targets: readonly VerifiedTarget[], look: Look): Generator<string> {
  if (targets.every(({ cannot }) => cannot.length === 0)) return
  yield paint(look, 'bold', 'What cannot be told')
  for (const { name, cannot } of targets) for (const sentence of cannot) yield `  ${printable(name)}  ${sentence}`
}

const ADVICE: Readonly<Record<Repair, string>> = {
  push: 'The next push sends them.',
  'push-full': 'The ledger takes them for unchanged, so that a plain push sends nothing: push --full sends them again.',
  'fresh-ledger':
    'The ledger takes them for unchanged, and this target cannot replace an image: a push with an empty ledger takes over ' +
    'what is there and makes what is missing.',
}

function* adviceLines({ repairs, targets, next }: VerifyReport, look: Look): Generator<string> {
  const hasExtra = targets.some(({ totals }) => totals.extra > 0)
  if (repairs.length === 0 && !hasExtra) return
  yield paint(look, 'bold', 'What to do')
  for (const { repair, targets: names } of repairs) yield `  ${names.map(printable).join(', ')}: ${ADVICE[repair]}`
  if (hasExtra) {
    yield '  extra: no push removes what the feed does not name. With --prune it removes what it put there itself; the rest you'
    yield '    have to remove at the target.'
  }
  for (const command of next) yield `  Next: ${printable(command)}`
}

function totalLine(target: VerifiedTarget, all: readonly VerifiedTarget[], look: Look): string {
  const width = Math.max(...all.map(({ name }) => widthOf(printable(name))))
  const { name, totals, requests, durationMs } = target
  const counts = conditionCounts(totals, look)
  return [
    paint(look, 'bold', pad(printable(name), width)),
    ...(counts.length === 0 ? ['nothing to compare'] : counts),
    plural(requests, 'request'),
    duration(durationMs),
  ].join('  ')
}

function* verdictLines({ targets, exitCode }: VerifyReport, look: Look): Generator<string> {
  const { good, bad } = marks(look)
  const sum = (...statuses: readonly Condition[]) =>
    targets.reduce((total, { totals }) => total + statuses.reduce((each, status) => each + totals[status], 0), 0)
  const drift = sum('missing', 'differs', 'moved', 'extra')
  const are = drift === 1 ? 'is' : 'are'
  if (drift > 0) yield paint(look, 'red', `${bad} ${plural(drift, 'image')} ${are} not as the feed says.`)
  if (sum('unreadable') > 0)
    yield paint(look, 'yellow', `? ${plural(sum('unreadable'), 'image')} could not be verified.`)
  if (exitCode === 0) yield paint(look, 'green', `${good} Everything is as the feed says.`)
}
