import { STATUSES, type Status } from '../model/outcome.ts'
import type { CheckReport, PlanReport, Report } from '../model/report.ts'
import { ACTIONS } from '../model/step.ts'
import type { ItemDocument } from './lines.ts'
import { isTrouble } from './lines.ts'
import { inThousands } from './table/contents.ts'

/** What the document says, in one sentence or two. */
export interface Verdict {
  readonly tone: 'good' | 'warning' | 'bad'
  readonly text: string
}

export function verdictOf(document: ItemDocument): Verdict {
  switch (document.kind) {
    case 'report':
      return ofReport(document)
    case 'plan':
      return ofPlan(document)
    case 'check':
      return ofCheck(document)
  }
}

/** "1 item", "2,048 items". */
export function counted(count: number, one: string): string {
  return `${inThousands(count)} ${count === 1 ? one : `${one}s`}`
}

function ofReport({ targets, exitCode }: Report): Verdict {
  const tally = tallyOf(STATUSES, targets)
  const items = sumOf(tally, STATUSES)
  const bad = STATUSES.filter(word => isTrouble({ word }))
  const count = sumOf(tally, bad)
  const tone = exitCode === 0 ? 'good' : 'warning'
  if (items === 0) return { tone, text: 'There was nothing to do.' }
  if (count === 0) return { tone, text: `${counted(items, 'item')}, no trouble: ${listed(tally, STATUSES)}.` }
  const need = `${inThousands(count)} of ${counted(items, 'item')} ${count === 1 ? 'needs' : 'need'} attention`
  return { tone: 'bad', text: `${need}: ${listed(tally, bad)}.` }
}

function ofPlan({ targets }: PlanReport): Verdict {
  const tally = tallyOf(ACTIONS, targets)
  const items = counted(sumOf(tally, ACTIONS), 'item')
  const changes = sumOf(tally, ['create', 'update', 'delete'])
  const parts = (['create', 'update', 'delete'] as const).filter(action => tally[action] > 0)
  const done = parts.map(action => `${inThousands(tally[action])} to ${action}`).join(', ')
  const text =
    changes === 0 ? 'A push would change nothing.' : `A push would change ${inThousands(changes)} of ${items}: ${done}.`
  if (tally.reject === 0) return { tone: 'good', text }
  return { tone: 'warning', text: `${text} ${inThousands(tally.reject)} cannot be sent.` }
}

function ofCheck({ selected: { products, rejected }, refusal }: CheckReport): Verdict {
  if (refusal !== null) return { tone: 'bad', text: 'A push would refuse this feed.' }
  if (products === 0) return { tone: 'bad', text: 'Nothing here can be sent.' }
  const ready = `${counted(products, 'product')} can be sent`
  if (rejected === 0) return { tone: 'good', text: `${ready}, none is rejected.` }
  return { tone: 'warning', text: `${ready}, ${inThousands(rejected)} ${rejected === 1 ? 'is' : 'are'} rejected.` }
}

type Tally<W extends string> = Readonly<Record<W, number>>

function tallyOf<W extends string>(words: readonly W[], targets: readonly { readonly totals: Tally<W> }[]): Tally<W> {
  const sums = words.map(word => [word, targets.reduce((sum, { totals }) => sum + totals[word], 0)])
  return Object.fromEntries(sums) as Tally<W> // every word has its sum
}

function sumOf<W extends string>(tally: Tally<W>, words: readonly W[]): number {
  return words.reduce((sum, word) => sum + tally[word], 0)
}

function listed(tally: Tally<Status>, words: readonly Status[]): string {
  const present = words.filter(word => tally[word] > 0)
  return present.map(word => `${inThousands(tally[word])} ${word}`).join(', ')
}
