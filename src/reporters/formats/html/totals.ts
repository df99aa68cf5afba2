import { duration } from '../../../lib/text.ts'
import { everywhereWords } from '../../document/everywhere.ts'
import { requestWords, timeWords } from '../../document/forecast-words.ts'
import type { Line } from '../../document/lines.ts'
import { countAt, tallyOf } from '../../document/tally.ts'
import { type ReportedTarget, targetsOf } from '../../document/targets.ts'
import type { Document } from '../../reporter.ts'
import type { Word } from '../../style.ts'
import { counted, inThousands } from '../../text/counts.ts'
import { exactText, foreignText, label, TONES } from './text.ts'

/**
 * A row per target: what became of its items, or how its images were found, in numbers and as a bar, and what that took. Words
 * that no target has are left out.
 */
export function* totalsOf(document: Document): Generator<string> {
  const targets = targetsOf(document)
  if (targets.length === 0) return
  const shown = [...tallyOf(document)].flatMap(([word, count]) => (count > 0 ? [word] : []))
  const heads = shown.map(word => `<th scope="col" class="n">${label(word)}</th>`)
  yield `<table id="totals">
<thead><tr><th scope="col">target</th>${heads.join('')}</tr></thead>
<tbody>
`
  for (const target of targets) {
    const counts = shown.map(word => cellOf(countAt(target, word), word))
    yield `<tr><th scope="row">${nameOf(target)}${barOf(target, shown)}</th>${counts.join('')}</tr>\n`
  }
  yield '</tbody></table>\n'
  const everywhere = document.kind === 'verify' ? everywhereWords(document) : null
  if (everywhere !== null) yield `<p>${foreignText(everywhere.text)}.</p>\n`
}

function nameOf(target: ReportedTarget): string {
  const { name, type, endpoint } = target
  const kind = [...(name === type ? [] : [type]), endpoint].map(foreignText)
  return `${exactText(name)}<small>${kind.join(' · ')}</small><small>${effortOf(target).join(' · ')}</small>`
}

function effortOf(target: ReportedTarget): string[] {
  if ('forecast' in target) {
    return [requestWords(target.forecast), timeWords(target.forecast) ?? ''].filter(words => words !== '')
  }
  const { retries, throttled } = 'retries' in target ? target : { retries: 0, throttled: 0 }
  return [
    counted(target.requests, 'request'),
    ...(retries > 0 ? [`${inThousands(retries)} repeated`] : []),
    ...(throttled > 0 ? [`${inThousands(throttled)} throttled`] : []),
    duration(target.durationMs),
  ]
}

/** On a phone, where no head stands above the number, its word stands beside it. */
function cellOf(count: number, word: Word): string {
  return `<td class="n${count === 0 ? ' none' : ''}"><span class="beside" aria-hidden="true">${label(word)}</span>${inThousands(count)}</td>`
}

/** The same numbers for the eye. */
function barOf(target: ReportedTarget, words: readonly Line['word'][]): string {
  const parts = words.filter(word => countAt(target, word) > 0)
  const spans = parts.map(word => `<i class="${TONES[word]}" style="flex-grow:${countAt(target, word)}"></i>`)
  return parts.length === 0 ? '' : `<span class="bar" aria-hidden="true">${spans.join('')}</span>`
}
