import { printable } from '../../../lib/text.ts'
import type { VerifiedTarget, VerifyReport } from '../../../model/verification.ts'
import { toldNotices } from '../../document/notices.ts'
import { repairAdvice } from '../../document/repairs.ts'
import type { Look } from '../../reporter.ts'
import { paint } from '../../style.ts'
import { wrap } from '../../text/width.ts'
import { everywhereLines } from './everywhere.ts'
import { feedLines, noticeLines, warningLines } from './feed.ts'
import { findingLines, unreadableLines } from './findings.ts'
import { sections } from './sections.ts'
import { verifiedLines } from './totals.ts'
import { verdictLine } from './verdict.ts'

/** What the targets really hold, for people: where they differ from the feed and from each other, what repairs it, the totals. */
export function* verifyTable(verify: VerifyReport, look: Look): Generator<string> {
  yield* sections(
    feedLines(verify.feed),
    findingLines(verify, look),
    unreadableLines(verify, look),
    everywhereLines(verify, look),
    warningLines(verify.feed, look),
    noticeLines(toldNotices(verify), look),
    look.verbose ? limitLines(verify.targets, look) : [],
    adviceLines(verify, look),
    [verdictLine(verify, look)],
    verifiedLines(verify.targets, look),
  )
}

function* limitLines(targets: readonly VerifiedTarget[], look: Look): Generator<string> {
  if (targets.every(({ cannot }) => cannot.length === 0)) return
  yield paint(look, 'bold', 'What cannot be told')
  for (const { name, cannot } of targets) for (const sentence of cannot) yield `  ${printable(name)}  ${sentence}`
}

function* adviceLines(verify: VerifyReport, look: Look): Generator<string> {
  const advice = repairAdvice(verify)
  if (advice.length === 0) return
  yield paint(look, 'bold', 'What to do')
  for (const { about, words } of advice) {
    const [first = '', ...others] = wrap(`${about.map(printable).join(', ')}: ${words}`, look.width - 2, look.width - 4)
    yield `  ${first}`
    for (const line of others) yield `    ${line}`
  }
  for (const command of verify.next) yield `  Next: ${printable(command)}`
}
