import { duration } from '../../lib/text.ts'
import { escaped } from '../escaped.ts'
import type { ItemDocument } from '../lines.ts'
import { inThousands } from '../table/contents.ts'
import { exitWords } from '../table/exit-words.ts'
import { verdictOf } from '../verdict.ts'
import { exactText } from './text.ts'

const SIGNS = { good: '✓', warning: '!', bad: '✗' }
const MOST_FILES = 5

/** The verdict in one sentence, and what was read when. */
export function headerOf(document: ItemDocument): string {
  const { run } = document
  const { tone, text } = verdictOf(document)
  const facts = factsOf(document).map(([name, value]) => `<div><dt>${name}</dt><dd>${value}</dd></div>`)
  return `<header>
<p class="kicker">assetsync ${escaped(run.command)}</p>
<h1><span class="sign ${tone}" aria-hidden="true">${SIGNS[tone]}</span><span>${text}</span></h1>
<dl class="facts">${facts.join('')}</dl>
</header>
`
}

function factsOf({ run, feed, exitCode }: ItemDocument): (readonly [string, string])[] {
  const took = Date.parse(run.finishedAt) - Date.parse(run.startedAt)
  return [
    ...(feed.files.length === 0 ? [] : [['feed', filesOf(feed.files)] as const, ...countsOf(feed)]),
    ['started', `<time>${escaped(run.startedAt.slice(0, 16).replace('T', ' '))} UTC</time>`],
    ['took', duration(took)],
    ['exit code', exitWords(exitCode).replace(/^exit /, '')],
  ]
}

function countsOf(feed: ItemDocument['feed']): (readonly [string, string])[] {
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
