import { inThousands } from '../table/contents.ts'
import { countLines, type Place, type Trouble } from '../trouble.ts'
import { counted } from '../verdict.ts'
import { exactText, foreignText, itemName, label } from './text.ts'

const MOST = 100

/** Each cause once: how often, why, what to do, and where it was seen first. */
export function* causesOf(troubles: readonly Trouble[], hasTargets: boolean): Generator<string> {
  for (const trouble of troubles.slice(0, MOST)) yield causeOf(trouble, hasTargets)
  const rest = troubles.slice(MOST)
  if (rest.length > 0) {
    yield `<p>and ${counted(rest.length, 'more cause')} of ${counted(countLines(rest), 'item')}</p>\n`
  }
}

function causeOf({ word, count, reason, host, message, fix, first }: Trouble, hasTargets: boolean): string {
  const rest = count - first.length
  const more = rest > 0 ? `<li class="more">and ${inThousands(rest)} more</li>` : ''
  return `<article class="cause">
<h3>${label(word)} <span class="often">${inThousands(count)}&nbsp;×</span> ${reason === null ? '' : exactText(reason)}${host === null ? '' : ` from ${exactText(host)}`}</h3>
${message === null ? '' : `<p>${foreignText(message)}</p>\n`}${fix === '' ? '' : `<p class="fix">→ ${foreignText(fix)}</p>\n`}<ul class="places">${first.map(place => placeOf(place, hasTargets)).join('')}${more}</ul>
</article>
`
}

function placeOf(place: Place, hasTargets: boolean): string {
  const { target, source, own, trace } = place
  const facts = [
    ...(source === '' ? [] : [exactText(source)]),
    ...(hasTargets && target !== null ? [exactText(target)] : []),
    ...(trace === null ? [] : [foreignText(trace)]),
  ]
  const words = own === '' ? '' : `<span>${foreignText(own)}</span> `
  return `<li>${itemName(place)} ${words}<small>${facts.join(' · ')}</small></li>`
}
