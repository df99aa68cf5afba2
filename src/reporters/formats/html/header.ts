import { duration } from '../../../lib/text.ts'
import type { Status, Totals } from '../../../model/outcome.ts'
import { exitWords } from '../../document/exit-words.ts'
import { countLines, tallyOf } from '../../document/tally.ts'
import { verdictOf } from '../../document/verdict.ts'
import type { Document } from '../../reporter.ts'
import { marks } from '../../style.ts'
import { inThousands } from '../../text/counts.ts'
import { escaped } from '../../text/escaped.ts'
import { exactText } from './text.ts'

const MOST_FILES = 5

/** The verdict in one sentence, and what was read when. */
export function headerOf(document: Document): string {
  const { run } = document
  const { tone, text } = verdictOf(document)
  const facts = factsOf(document).map(([name, value]) => `<div><dt>${name}</dt><dd>${value}</dd></div>`)
  return `<header>
<p class="kicker">assetsync ${escaped(run.command)}</p>
<h1><span class="sign ${tone}" aria-hidden="true">${marks({ unicode: true })[tone]}</span><span>${text}</span></h1>
<dl class="facts">${facts.join('')}</dl>
</header>
`
}

function factsOf(document: Document): (readonly [string, string])[] {
  const { run, feed, exitCode } = document
  const took = Date.parse(run.finishedAt) - Date.parse(run.startedAt)
  return [
    ...(feed.files.length === 0 ? [] : [['feed', filesOf(feed.files)] as const, ...countsOf(feed)]),
    ['started', `<time>${escaped(run.startedAt.slice(0, 16).replace('T', ' '))} UTC</time>`],
    ['took', duration(took)],
    ['exit code', exitWords(exitCode, totalsOf(document)).replace(/^exit /, '')],
  ]
}

/** What a plan or a check rejects is no outcome yet, and ends it in the same way. */
function totalsOf(document: Document): Partial<Totals> {
  if (document.kind === 'check') return { rejected: countLines(document) }
  const tally = tallyOf(document)
  const count = (word: Status | 'reject') => tally.get(word) ?? 0
  return { failed: count('failed'), rejected: count('rejected') + count('reject'), unknown: count('unknown') }
}

function countsOf(feed: Document['feed']): (readonly [string, string])[] {
  const counts = [
    ['records', feed.records],
    ['products', feed.products],
    ['images', feed.images],
    ['rejected', feed.rejected],
    ['without images', feed.withoutImages],
  ] as const
  const due = counts.filter(([name, count]) => count > 0 || name === 'products')
  return due.map(([name, count]) => [name, inThousands(count)])
}

function filesOf(files: readonly string[]): string {
  const shown = files.slice(0, MOST_FILES).map(exactText).join(', ')
  return files.length > MOST_FILES ? `${shown} and ${files.length - MOST_FILES} more` : shown
}
