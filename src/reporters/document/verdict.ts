import { EXIT } from '../../model/exit.ts'
import type { CheckReport, PlanReport, Report } from '../../model/report.ts'
import type { VerifyReport } from '../../model/verification.ts'
import type { Document } from '../reporter.ts'
import { counted, inThousands } from '../text/counts.ts'
import { isDrift, isTrouble, type Line } from './lines.ts'
import { countLines, tallyOf } from './tally.ts'

/** What the document says, in one sentence or two. */
export interface Verdict {
  readonly tone: 'good' | 'warning' | 'bad'
  readonly text: string
}

export function verdictOf(document: Document): Verdict {
  switch (document.kind) {
    case 'report':
      return ofReport(document)
    case 'plan':
      return ofPlan(document)
    case 'check':
      return ofCheck(document)
    case 'verify':
      return ofVerify(document)
  }
}

function ofReport(report: Report): Verdict {
  const items = countLines(report)
  const count = sumOf(report, isTrouble)
  const tone = report.exitCode === 0 ? 'good' : 'warning'
  if (items === 0) return { tone, text: 'There was nothing to do.' }
  if (count === 0) return { tone, text: `${counted(items, 'item')}, no trouble: ${listed(report)}.` }
  const need = `${inThousands(count)} of ${counted(items, 'item')} ${count === 1 ? 'needs' : 'need'} attention`
  return { tone: 'bad', text: `${need}: ${listed(report, isTrouble)}.` }
}

function ofPlan(plan: PlanReport): Verdict {
  const items = counted(countLines(plan), 'item')
  const tally = tallyOf(plan)
  const parts = (['create', 'update', 'delete'] as const).filter(action => (tally.get(action) ?? 0) > 0)
  const changes = parts.reduce((sum, action) => sum + (tally.get(action) ?? 0), 0)
  const done = parts.map(action => `${inThousands(tally.get(action) ?? 0)} to ${action}`).join(', ')
  const text =
    changes === 0 ? 'A push would change nothing.' : `A push would change ${inThousands(changes)} of ${items}: ${done}.`
  const rejects = tally.get('reject') ?? 0
  const remarks = [
    ...(rejects > 0 ? [`${inThousands(rejects)} cannot be sent.`] : []),
    ...(plan.exitCode === EXIT.limit ? ['A safety limit would hold something back.'] : []),
  ]
  return { tone: remarks.length === 0 ? 'good' : 'warning', text: [text, ...remarks].join(' ') }
}

function ofCheck({ selected: { products, rejected }, refusal }: CheckReport): Verdict {
  if (refusal !== null) return { tone: 'bad', text: 'A push would refuse this feed.' }
  if (products === 0) return { tone: 'bad', text: 'Nothing here can be sent.' }
  const ready = `${counted(products, 'product')} can be sent`
  if (rejected === 0) return { tone: 'good', text: `${ready}, none is rejected.` }
  return { tone: 'warning', text: `${ready}, ${inThousands(rejected)} ${rejected === 1 ? 'is' : 'are'} rejected.` }
}

function ofVerify(verify: VerifyReport): Verdict {
  const drift = sumOf(verify, isDrift)
  const unreadable = sumOf(verify, ({ word }) => word === 'unreadable')
  if (verify.exitCode === 0) return { tone: 'good', text: 'Everything is as the feed says.' }
  const are = drift === 1 ? 'is' : 'are'
  const sentences = [
    ...(drift > 0 ? [`${counted(drift, 'image')} ${are} not as the feed says.`] : []),
    ...(unreadable > 0 ? [`${counted(unreadable, 'image')} could not be verified.`] : []),
  ]
  const text = sentences.length === 0 ? 'Not everything could be verified.' : sentences.join(' ')
  return { tone: drift > 0 ? 'bad' : 'warning', text }
}

type Belongs = (line: Pick<Line, 'word'>) => boolean

function sumOf(document: Document, belongs: Belongs): number {
  return [...tallyOf(document)].reduce((sum, [word, count]) => sum + (belongs({ word }) ? count : 0), 0)
}

function listed(document: Document, belongs: Belongs = () => true): string {
  const present = [...tallyOf(document)].filter(([word, count]) => count > 0 && belongs({ word }))
  return present.map(([word, count]) => `${inThousands(count)} ${word}`).join(', ')
}
