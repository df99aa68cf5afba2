import { duration } from '../../lib/text.ts'
import { STATUSES } from '../../model/outcome.ts'
import type { PlannedTarget, TargetSummary } from '../../model/report.ts'
import { ACTIONS } from '../../model/step.ts'
import type { ItemDocument } from '../lines.ts'
import type { Word } from '../style.ts'
import { inThousands } from '../table/contents.ts'
import { requestWords, timeWords } from '../table/forecast.ts'
import { counted } from '../verdict.ts'
import { exactText, foreignText, label, TONES } from './text.ts'

/** A row per target: what became of its items, in numbers and as a bar, and what it took. */
export function totalsOf(document: ItemDocument): Iterable<string> {
  switch (document.kind) {
    case 'report':
      return table(document.targets, STATUSES, ({ requests, retries, throttled, durationMs }) => [
        counted(requests, 'request'),
        ...(retries > 0 ? [`${inThousands(retries)} repeated`] : []),
        ...(throttled > 0 ? [`${inThousands(throttled)} throttled`] : []),
        duration(durationMs),
      ])
    case 'plan':
      return table(document.targets, ACTIONS, ({ forecast }) =>
        [requestWords(forecast), timeWords(forecast) ?? ''].filter(words => words !== ''),
      )
    case 'check':
      return []
  }
}

type Totalled<W extends Word> = { readonly totals: Readonly<Record<W, number>> }

/** Statuses that no target has are left out. */
function* table<T extends TargetSummary | PlannedTarget, W extends Word>(
  targets: readonly (T & Totalled<W>)[],
  words: readonly W[],
  effort: (target: T) => readonly string[],
): Generator<string> {
  if (targets.length === 0) return
  const shown = words.filter(word => targets.some(({ totals }) => totals[word] > 0))
  const heads = shown.map(word => `<th scope="col" class="n">${label(word)}</th>`)
  yield `<table id="totals">
<thead><tr><th scope="col">target</th>${heads.join('')}</tr></thead>
<tbody>
`
  for (const target of targets) {
    const counts = shown.map(word => cellOf(target.totals[word], word))
    yield `<tr><th scope="row">${nameOf(target, effort(target))}${barOf(target, shown)}</th>${counts.join('')}</tr>\n`
  }
  yield '</tbody></table>\n'
}

function nameOf({ name, type, endpoint }: TargetSummary | PlannedTarget, effort: readonly string[]): string {
  const kind = [...(name === type ? [] : [type]), endpoint].map(foreignText)
  return `${exactText(name)}<small>${kind.join(' · ')}</small><small>${effort.join(' · ')}</small>`
}

/** On a phone, where no head stands above the number, its word stands beside it. */
function cellOf(count: number, word: Word): string {
  return `<td class="n${count === 0 ? ' none' : ''}"><span class="beside" aria-hidden="true">${label(word)}</span>${inThousands(count)}</td>`
}

/** The same numbers for the eye. */
function barOf<W extends Word>({ totals }: Totalled<W>, words: readonly W[]): string {
  const parts = words.filter(word => totals[word] > 0)
  const spans = parts.map(word => `<i class="${TONES[word]}" style="flex-grow:${totals[word]}"></i>`)
  return parts.length === 0 ? '' : `<span class="bar" aria-hidden="true">${spans.join('')}</span>`
}
