import { type Cause, type Causes, linesIn, ownWords } from '../../document/causes.ts'
import type { Line } from '../../document/lines.ts'
import { counted, inThousands } from '../../text/counts.ts'
import { exactText, foreignText, itemName, label } from './text.ts'

const MOST = 100

/** Each cause once: how often, why, what to do, and where it was seen first. */
export function* causesOf(causes: Causes): Generator<string> {
  const grouped = causes.grouped()
  for (const cause of grouped.slice(0, MOST)) yield causeOf(cause)
  const rest = grouped.slice(MOST)
  if (rest.length > 0) {
    yield `<p>and ${counted(rest.length, 'more cause')} of ${counted(linesIn(rest), 'item')}</p>\n`
  }
}

function causeOf(cause: Cause): string {
  const { word, count, reason, host, message, fix, first } = cause
  const rest = count - first.length
  const more = rest > 0 ? `<li class="more">and ${inThousands(rest)} more</li>` : ''
  return `<article class="cause">
<h3>${label(word)} <span class="often">${inThousands(count)}&nbsp;×</span> ${reason === null ? '' : exactText(reason)}${host === null ? '' : ` from ${exactText(host)}`}</h3>
${message === null ? '' : `<p>${foreignText(message)}</p>\n`}${fix === '' ? '' : `<p class="fix">→ ${foreignText(fix)}</p>\n`}<ul class="places">${first.map(line => placeOf(line, ownWords(line, cause))).join('')}${more}</ul>
</article>
`
}

function placeOf(line: Line, own: string): string {
  const { target, source, trace, details } = line
  const sending = [...trace, ...details].join(', ')
  const facts = [
    ...(source === '' ? [] : [exactText(source)]),
    ...(target === null ? [] : [exactText(target)]),
    ...(sending === '' ? [] : [foreignText(sending)]),
  ]
  const words = own === '' ? '' : `<span>${foreignText(own)}</span> `
  return `<li>${itemName(line)} ${words}<small>${facts.join(' · ')}</small></li>`
}
