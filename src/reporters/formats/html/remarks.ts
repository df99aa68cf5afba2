import type { Detected } from '../../../model/report.ts'
import { nextCommands } from '../../document/next-commands.ts'
import { toldNotices } from '../../document/notices.ts'
import { repairAdvice } from '../../document/repairs.ts'
import { adviceOn } from '../../reasons.ts'
import type { Document } from '../../reporter.ts'
import { counted, inThousands } from '../../text/counts.ts'
import { exactText, foreignText, label } from './text.ts'

/** Why targets stopped, what was held back, why a feed is refused. */
export function* noticesOf(document: Document): Generator<string> {
  for (const notice of toldNotices(document)) {
    yield `<p class="notice">${label('notice')} ${foreignText(notice)}</p>\n`
  }
}

/** What brings targets back to the feed, and the commands that come next. */
export function* nextOf(document: Document): Generator<string> {
  for (const { about, words } of document.kind === 'verify' ? repairAdvice(document) : []) {
    yield `<p>${about.map(exactText).join(', ')}: ${foreignText(words)}</p>\n`
  }
  for (const command of nextCommands(document)) yield `<p class="fix">${exactText(command)}</p>\n`
}

/** What reading the targets cannot tell at all. */
export function* limitsOf(document: Document): Generator<string> {
  if (document.kind !== 'verify') return
  for (const { name, cannot } of document.targets) {
    for (const sentence of cannot) yield `<p>${exactText(name)}: ${foreignText(sentence)}</p>\n`
  }
}

/** Each kind of warning once, with how often and where it was seen first; of a check, also how each file was read. */
export function* warningsOf(document: Document): Generator<string> {
  if (document.kind === 'check') yield* filesOf(document.detected)
  for (const { reason, count, message, places } of document.feed.warnings) {
    const more = count > places.length ? ` and ${inThousands(count - places.length)} more` : ''
    const at = places.length === 0 ? '' : `<p><small>${places.map(exactText).join(', ')}${more}</small></p>\n`
    const advice = adviceOn(reason)
    const fix = advice === null ? '' : `<p class="fix">→ ${foreignText(advice.words)}</p>\n`
    yield `<article class="cause">
<h3>${label('warning')} <span class="often">${inThousands(count)}&nbsp;×</span> ${exactText(reason)}</h3>
<p>${foreignText(message)}</p>
${fix}${at}</article>
`
  }
}

const MOST_FILES = 20

function* filesOf(files: readonly Detected[]): Generator<string> {
  for (const { file, format, notes } of files.slice(0, MOST_FILES)) {
    const facts = [format.toUpperCase(), ...notes].map(note => `<li>${foreignText(note)}</li>`)
    yield `<article class="cause">\n<h3>${exactText(file)}</h3>\n<ul class="inline">${facts.join('')}</ul>\n</article>\n`
  }
  if (files.length > MOST_FILES) yield `<p>and ${counted(files.length - MOST_FILES, 'more file')}</p>\n`
}
